// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.lists;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gtmroutes.sandbox.Caller;
import dev.gtmroutes.sandbox.Sandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lists of Customerly and People.ai follow their documents. */
class OtherListsTest {

    private final Sandbox sandbox = Sandbox.start(0);
    private final ListCaller customerly = new ListCaller(sandbox, "customerly");
    private final ListCaller peopleAi = new ListCaller(sandbox, "people-ai");

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({"users, 320", "leads, 280"})
    void customerlyPagesFromZeroAndSaysNoTotal(String list, int count) {
        List<JsonNode> all = new ArrayList<>();
        JsonNode read = customerly.page("/" + list + "/list");
        assertThat(read.at("/data/" + list)).hasSize(50);
        assertThat(read.fieldNames()).toIterable().containsExactly("data");
        for (int page = 0; page == 0 || !read.isEmpty(); page++) {
            read = customerly.page("/" + list + "/list?per_page=100&page=" + page).at("/data/" + list);
            read.forEach(all::add);
        }

        assertThat(all).hasSize(count);
        assertThat(ListCaller.hashes(all, "crmhero_user_id")).isEqualTo(customerly.content("customerly-" + list));
    }

    @Test
    void customerlySorts() {
        assertThat(ListCaller.values(customerly.page("/users/list?sort=name&sort_direction=asc").at("/data/users"), "name"))
                .isSortedAccordingTo(String.CASE_INSENSITIVE_ORDER);
        assertThat(ListCaller.values(customerly.page("/users/list?sort=last_update&sort_direction=desc&per_page=500")
                .at("/data/users"), "last_update")).isSortedAccordingTo(Comparator.reverseOrder()).hasSize(100)
                .allMatch(each -> each.matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d"));
        assertThat(customerly.get("/users/list?sort=age").statusCode()).isEqualTo(422);
        assertThat(customerly.get("/users/list?page=-1").statusCode()).isEqualTo(422);
    }

    @Test
    void customerlyTagsAreTexts() {
        JsonNode tags = customerly.page("/tags").get("data");
        List<JsonNode> wrapped = new ArrayList<>();
        tags.forEach(each -> wrapped.add(JsonNodeFactory.instance.objectNode().set("name", each)));

        assertThat(tags).hasSize(210).allMatch(JsonNode::isTextual);
        assertThat(ListCaller.hashes(wrapped, "name")).isEqualTo(customerly.content("customerly-tags"));
    }

    @ParameterizedTest
    @CsvSource({"/knowledge/collections, 210", "/accounts/, 205", "/knowledge/writers, 205"})
    void customerlySendsShortListsWhole(String path, int count) {
        assertThat(customerly.page(path).get("data")).hasSize(count);
        assertThat(customerly.page(path + "?page=3&per_page=10").get("data")).hasSize(count);
    }

    @Test
    void articlesAreThoseOfOneCollection() {
        JsonNode collection = customerly.page("/knowledge/collections").at("/data/0");
        String id = collection.get("knowledge_base_collection_id").asText();
        JsonNode articles = customerly.page("/knowledge/articles/?knowledge_base_collection_id=" + id).get("data");
        String article = articles.at("/0/knowledge_base_article_id").asText();

        assertThat(ListCaller.values(articles, "knowledge_base_collection_id")).isNotEmpty().containsOnly(id);
        assertThat(articles.at("/0/created_at").isIntegralNumber()).isTrue();
        assertThat(customerly.page("/knowledge/collections/" + id).get("data")).isEqualTo(collection);
        assertThat(customerly.page("/knowledge/articles/" + article).get("data")).isEqualTo(articles.get(0));
        assertThat(customerly.get("/knowledge/articles/").statusCode()).isEqualTo(422);
        assertThat(customerly.get("/knowledge/articles/7").statusCode()).isEqualTo(404);
        HttpResponse<String> content = customerly.control("GET",
                "/customerly-knowledge-articles/content?where=knowledge_base_collection_id=" + id);
        assertThat(content.body().lines()).hasSize(articles.size());
    }

    @Test
    void aWrongTokenIsAnErrorOfTheServerAtCustomerly() {
        HttpResponse<String> refused = Caller.send(HttpRequest.newBuilder(
                URI.create(sandbox.baseUrl("customerly") + "/users/list")).header("Authorization", "Bearer wrong"));

        assertThat(refused.statusCode()).isEqualTo(500);
        assertThat(Caller.json(refused).at("/error/message").textValue()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"teams", "accounts", "contacts", "leads", "opportunities"})
    void peopleAiPagesByOffset(String list) {
        List<JsonNode> all = new ArrayList<>();
        int total = peopleAi.page("/" + list).at("/meta/total").intValue();
        for (int offset = 0; offset < total; offset += 100) {
            JsonNode page = peopleAi.page("/" + list + "?limit=100&offset=" + offset + "&unknown=1");
            assertThat(page.at("/meta/limit").intValue() + page.at("/meta/offset").intValue()).isEqualTo(100 + offset);
            page.get("data").forEach(all::add);
        }

        assertThat(all).hasSize(total).hasSizeGreaterThan(200);
        assertThat(ListCaller.hashes(all, "id")).isEqualTo(peopleAi.content("people-ai-" + list));
        assertThat(peopleAi.page("/" + list + "?offset=5000").get("data")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=100001", "limit=x", "offset=-1"})
    void peopleAiRefusesWhatCannotBeMeant(String query) {
        assertThat(peopleAi.get("/accounts?" + query).statusCode()).isEqualTo(400);
    }
}
