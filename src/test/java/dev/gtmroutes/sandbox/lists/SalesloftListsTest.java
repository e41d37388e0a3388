// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.lists;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.sandbox.Caller;
import dev.gtmroutes.sandbox.Sandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Salesloft's lists follow its documents: pages, corrections, order, filters, times, references and points. */
class SalesloftListsTest {

    private final Sandbox sandbox = Sandbox.start(0);
    private final ListCaller caller = new ListCaller(sandbox, "salesloft");

    @AfterEach
    void stop() {
        sandbox.close();
    }

    static Stream<String> lists() {
        return ListDescriptions.load().lists().keySet().stream().filter(each -> each.startsWith("salesloft-"));
    }

    private static String path(String list) {
        return switch (list) {
            case "salesloft-calls", "salesloft-emails" -> list.replace("salesloft-", "/activities/");
            case "salesloft-data-control-requests" -> "/data_control/requests";
            default -> list.replace("salesloft-", "/").replace('-', '_');
        };
    }

    private List<JsonNode> readAll(String path) {
        List<JsonNode> records = new ArrayList<>();
        JsonNode next = null;
        for (int page = 1; page == 1 || !next.isNull(); page++) {
            JsonNode read = caller.page(path + (path.contains("?") ? "&" : "?") + "per_page=100&page=" + page);
            read.get("data").forEach(records::add);
            next = read.at("/metadata/paging/next_page");
        }
        return records;
    }

    @ParameterizedTest
    @MethodSource("lists")
    void itsPagesAreTheWholeList(String list) {
        String all = list.equals("salesloft-users") ? "?visible_only=false" : "";

        assertThat(ListCaller.hashes(readAll(path(list) + all), "id")).hasSizeGreaterThan(200)
                .isEqualTo(caller.content(list));
    }

    @Test
    void aPageHas25RecordsAndSaysWhereItIs() {
        JsonNode first = caller.page("/people");
        assertThat(first.get("data")).hasSize(25);
        assertThat(first.at("/metadata/paging").toString())
                .isEqualTo("{\"per_page\":25,\"current_page\":1,\"next_page\":2,\"prev_page\":null}");
        assertThat(first.at("/metadata/sorting").toString())
                .isEqualTo("{\"sort_by\":\"updated_at\",\"sort_direction\":\"DESC\"}");

        JsonNode last = caller.page("/people?page=4&per_page=100&include_paging_counts=true");
        assertThat(last.get("data")).hasSize(100);
        assertThat(last.at("/metadata/paging").toString()).isEqualTo("{\"per_page\":100,\"current_page\":4,"
                + "\"next_page\":null,\"prev_page\":3,\"total_pages\":4,\"total_count\":400}");
        JsonNode behind = caller.page("/people?page=5&per_page=100");
        assertThat(behind.get("data")).isEmpty();
        assertThat(behind.at("/metadata/paging/next_page").isNull()).isTrue();
    }

    @Test
    void countsAreCutOnDemand() {
        sandbox.lists().list("salesloft-people").size(20_000);

        assertThat(caller.page("/people?include_paging_counts=true").at("/metadata/paging/total_count").intValue())
                .isEqualTo(20_000);
        assertThat(caller.page("/people?include_paging_counts=true&limit_paging_counts=true")
                .at("/metadata/paging/total_count").intValue()).isEqualTo(10_000);
    }

    @ParameterizedTest
    @CsvSource({"page=0, 1, 25", "page=-3, 1, 25", "per_page=0, 1, 1", "per_page=101, 1, 100",
            "per_page=5000&page=2, 2, 100"})
    void whatIsOutOfRangeIsCorrectedAndTold(String query, int page, int perPage) {
        JsonNode paging = caller.page("/accounts?" + query).at("/metadata/paging");

        assertThat(paging.get("current_page").intValue()).isEqualTo(page);
        assertThat(paging.get("per_page").intValue()).isEqualTo(perPage);
    }

    @ParameterizedTest
    @CsvSource({
            "/people?sort_by=email, sort_by", "/users?sort_by=updated_at, sort_by", "/tasks?sort_by=updated_at, sort_by",
            "/people?sort_direction=up, sort_direction", "/people?page=x, page", "/people?account_id=x, account_id",
            "/people?updated_at[gte]=yesterday, updated_at[gte]",
            "/people?updated_at[gt]=2025-01-01T00:00:00, updated_at[gt]",
            "/people?updated_at[gt]=2025-01-01T00:00:00+01:00, updated_at[gt]", "/accounts?archived=yes, archived",
            "/tasks?current_state=done, current_state", "/notes?associated_with_id=1, associated_with_id",
            "/activity_histories?resource_id=1, resource_id",
    })
    void aBadValueIsRefused(String path, String name) {
        assertThat(caller.get(path).statusCode()).isEqualTo(422);
        assertThat(Caller.json(caller.get(path)).at("/errors/" + name + "/0").textValue()).contains("'" + name + "'");
    }

    @Test
    void anUnknownFilterIsIgnored() {
        assertThat(readAll("/people?updated_at[ge]=2030-01-01T00:00:00Z&acount_id=7")).hasSize(400);
    }

    @Test
    void theNewestComesFirst() {
        List<Instant> times = times(readAll("/people"), "updated_at");

        assertThat(times).isSortedAccordingTo(Comparator.reverseOrder()).doesNotHaveDuplicates();
        assertThat(times(readAll("/people?sort_by=created_at&sort_direction=ASC"), "created_at")).isSorted();
    }

    @Test
    void tasksComeByDueDateAndUsersById() {
        assertThat(ListCaller.values(caller.page("/tasks?per_page=100").get("data"), "due_date")).isSorted();
        List<String> ids = ListCaller.values(caller.page("/users?page=1&per_page=100").get("data"), "id");
        assertThat(ids).isSortedAccordingTo(Comparator.reverseOrder()).hasSize(100);
    }

    @Test
    void allUsersComeWithoutAPageAndDeactivatedOnesOnDemand() {
        JsonNode visible = caller.page("/users");
        JsonNode all = caller.page("/users?visible_only=false");

        assertThat(visible.at("/metadata/paging").isMissingNode()).isTrue();
        assertThat(ListCaller.values(visible.get("data"), "active")).containsOnly("true").hasSizeBetween(150, 200);
        assertThat(ListCaller.values(all.get("data"), "active")).contains("false").hasSize(210);
    }

    @Test
    void timesHaveSixDecimalsAndDifferentOffsets() {
        List<String> texts = ListCaller.values(caller.page("/people?per_page=100").get("data"), "updated_at");
        texts.addAll(ListCaller.values(caller.page("/people?per_page=100&page=3").get("data"), "updated_at"));

        assertThat(texts)
                .allMatch(each -> each.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}(Z|-04:00|-05:00)"));
        assertThat(new TreeSet<>(texts.stream().map(each -> each.substring(26)).toList())).containsExactly("-04:00",
                "-05:00", "Z");
    }

    @Test
    void changesAreFoundToTheMicrosecond() {
        List<JsonNode> all = readAll("/people?sort_by=updated_at&sort_direction=ASC");
        Instant middle = times(all, "updated_at").get(200);
        String query = "/people?sort_by=updated_at&sort_direction=ASC&updated_at";

        assertThat(readAll(query + "[gte]=" + middle)).isEqualTo(all.subList(200, 400));
        assertThat(readAll(query + "[gt]=" + middle)).isEqualTo(all.subList(201, 400));
        assertThat(readAll(query + "[lte]=" + middle)).isEqualTo(all.subList(0, 201));
        assertThat(readAll(query + "[lt]=" + middle)).isEqualTo(all.subList(0, 200));
        assertThat(readAll(query + "[gt]=" + middle.minusNanos(1000) + "&updated_at[lt]=" + middle.plusNanos(1000)))
                .isEqualTo(all.subList(200, 201));
        Collections.reverse(all);
        assertThat(readAll("/people?updated_at[lte]=" + middle)).isEqualTo(all.subList(199, 400));
    }

    @Test
    void tasksAreFoundByTheirChangeInTheirOwnOrder() {
        List<JsonNode> all = readAll("/tasks");
        Instant middle = times(all, "updated_at").stream().sorted().skip(150).findFirst().orElseThrow();

        assertThat(readAll("/tasks?updated_at[gte]=" + middle)).hasSize(150).isEqualTo(all.stream()
                .filter(each -> !times(List.of(each), "updated_at").get(0).isBefore(middle)).toList());
    }

    @Test
    void filtersFindRecords() {
        assertThat(ListCaller.values(caller.page("/people?ids[]=200003&ids[]=200001&sort_by=created_at&sort_direction=asc")
                .get("data"), "id")).containsExactly("200001", "200003");
        String account = caller.page("/people").at("/data/0/account/id").asText();
        assertThat(ListCaller.values(caller.page("/people?account_id=" + account).get("data"), "account.id"))
                .isNotEmpty().containsOnly(account);
        JsonNode one = caller.page("/people").at("/data/0");
        assertThat(caller.page("/people?email_addresses[]=" + one.get("email_address").asText()).get("data"))
                .containsExactly(one);
        assertThat(ListCaller.values(caller.page("/cadence_memberships?currently_on_cadence=true").get("data"),
                "currently_on_cadence")).containsOnly("true");
    }

    @Test
    void archivedRecordsComeUnlessTheQueryLeavesThemOut() {
        assertThat(ListCaller.values(caller.page("/accounts?archived=true").get("data"), "archived_at")).isNotEmpty()
                .doesNotContain("null");
        assertThat(readAll("/accounts?archived=false").size() + readAll("/accounts?archived=true").size()).isEqualTo(240);
        assertThat(readAll("/accounts")).hasSize(240);
    }

    @Test
    void referencesLeadToRecordsThatExist() {
        List<String> accounts = ListCaller.values(caller.page("/accounts?per_page=100").get("data"), "id");
        for (int page = 2; page < 4; page++) {
            accounts.addAll(ListCaller.values(caller.page("/accounts?per_page=100&page=" + page).get("data"), "id"));
        }
        JsonNode account = caller.page("/people").at("/data/0/account");

        assertThat(accounts).containsAll(ListCaller.values(caller.page("/people?per_page=100").get("data"), "account.id"));
        assertThat(account.get("_href").textValue())
                .isEqualTo("https://api.salesloft.com/v2/accounts/" + account.get("id").asText());
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "100, 1", "101, 3", "150, 3", "151, 8", "250, 8", "251, 10", "500, 10", "501, 30", "9999, 30"})
    void deepPagesCostMore(int page, String points) {
        sandbox.limitRate("salesloft");

        assertThat(caller.get("/people?page=" + page).headers().firstValue("x-ratelimit-endpoint-cost")).hasValue(points);
    }

    @Test
    void moreThan600PointsAMinuteAreRefused() {
        sandbox.limitRate("salesloft", 600, 3600);
        for (int i = 0; i < 20; i++) {
            assertThat(caller.get("/people?page=600").statusCode()).isEqualTo(200);
        }

        assertThat(caller.get("/people").statusCode()).isEqualTo(429);
    }

    @Test
    void bulkJobsAreListsBehindAnId() {
        sandbox.bulkJobs().history(120, 130);
        List<String> jobs = new ArrayList<>();
        for (JsonNode page = caller.page("/bulk_jobs?per_page=100").get("data"); !page.isEmpty();) {
            jobs.addAll(ListCaller.values(page, "id"));
            page = caller.page("/bulk_jobs?per_page=100&page=1&id[gt]=" + jobs.get(jobs.size() - 1)).get("data");
        }

        assertThat(jobs).hasSize(120).doesNotHaveDuplicates();
        assertThat(caller.page("/bulk_jobs?state[]=open").get("data")).isEmpty();
        assertThat(caller.page("/bulk_jobs/1/job_data").get("data")).hasSize(25);
        assertThat(caller.page("/bulk_jobs/1/results?status[]=error&per_page=-1").get("data")).hasSize(1);
        assertThat(caller.page("/bulk_jobs/1/results?status[]=error&per_page=100").get("data")).hasSize(13);
        assertThat(caller.get("/bulk_jobs/1/results?status[]=lost").statusCode()).isEqualTo(422);
        assertThat(sandbox.bulkJobs().jobs()).isEmpty();
    }

    private static List<Instant> times(List<JsonNode> records, String attribute) {
        return records.stream().map(each -> OffsetDateTime.parse(each.get(attribute).textValue()).toInstant()).toList();
    }
}
