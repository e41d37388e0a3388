// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.catalogue.Catalogue;
import dev.gtmroutes.lint.kamelet.KameletLint;
import dev.gtmroutes.lint.kamelet.Kamelets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Entries of a catalogue file from OpenAPI documents as vendors write them. */
class OpenApiImportTest {

    @TempDir
    Path routes;

    private Path folder() {
        return routes.resolve("catalogue");
    }

    private String written(String vendor) throws IOException {
        return Files.readString(folder().resolve(vendor + ".yaml"));
    }

    private JsonNode schema(String vendor, String endpoint) throws IOException {
        return new ObjectMapper().readTree(folder().resolve("schemas/" + vendor + "/" + endpoint + ".json").toFile());
    }

    @Test
    void eachOperationIsWrittenOrLeftOutWithAReason() throws Exception {
        OpenApiImport made = Importing.of("salesloft-like.yaml", "outreach", "", folder());
        made.write();

        assertThat(made.told()).containsExactly("left out: GET /v2/me: its response is not a list",
                "written: GET /v2/people as people in lists; check: sorted: if a parameter of the query sorts by updated_at,"
                        + " add it to request, and sorted: true",
                "written: POST /v2/people as create-person in endpoints",
                "left out: GET /v2/people/{id}: its response is not a list",
                "written: PUT /v2/people/{id} as update-person in endpoints",
                "written: DELETE /v2/people/{id} as delete-person in endpoints",
                "written: GET /v2/people/{person_id}/notes as people-notes in lists",
                "left out: POST /v2/imports: its body is multipart/form-data. Only JSON and forms can be sent",
                "left out: POST /v2/sessions: it requires the cookie sid", "left out: POST /v2/old: it is deprecated");
        assertThat(written("outreach")).isEqualTo(made.added()).contains("""
                vendor: outreach
                title: Outreach Desk API

                api:
                  baseUrl: https://api.outreachdesk.example
                  connectionTest: /v2/me
                  credential:
                    header: Authorization
                    prefix: Bearer
                    access-token: The access token of Outreach Desk API.

                endpoints:
                  create-person:
                    title: Create a person
                    description: >-
                      Creates a person (POST /v2/people).
                    request: POST /v2/people
                    required: email_address,last_name
                    add: kind=person
                    onceOnly: true
                    schema: schemas/outreach/create-person.json

                  update-person:
                    title: Update an existing person
                    description: >-
                      Update an existing person (PUT /v2/people/…).
                    request: PUT /v2/people/{id}
                    required: email_address,last_name
                    add: kind=person
                    schema: schemas/outreach/update-person.json

                  delete-person:
                    title: Delete a person
                    description: >-
                      Delete a person (DELETE /v2/people/…).
                    request: DELETE /v2/people/{id}
                    body: none
                    irreversible: true
                """);
    }

    @Test
    void aListSaysHowItIsPagedAndWhatHasChanged() throws Exception {
        assertThat(Importing.of("salesloft-like.yaml", "outreach", "/v2/people", folder()).added()).endsWith("""
                lists:
                  people:
                    # sorted: if a parameter of the query sorts by updated_at, add it to request, and sorted: true
                    title: People
                    description: >-
                      Fetches multiple person records (GET /v2/people).
                    request: GET /v2/people
                    paging: page
                    pageParameter: page
                    sizeParameter: per_page
                    pageSize: 100
                    largestPage: 100
                    total: metadata.paging.total_count
                    records: data
                    key: id
                    changed: updated_at
                    since: "updated_at[gte]"
                    evidence: reference
                    fields: id,email_address,last_name,kind,score,tags,created_at,updated_at
                """);
        assertThat(Importing.of("salesloft-like.yaml", "outreach", "/v2/people/*/notes", folder()).added()).contains("""
                    request: GET /v2/people/{personId}/notes
                    parameters:
                      personId: {title: Person Id, description: "The value of personId in the path."}
                    paging: page
                """);
        assertThat(Importing.of("stripe-like.json", "payments", "/v1/customers", folder()).added()).contains("""
                    request: GET /v1/customers
                    paging: id
                    pageParameter: starting_after
                    sizeParameter: limit
                    records: data
                    key: id
                    evidence: reference
                    fields: id,email,created
                """);
        assertThat(Importing.of("cursor-31.yaml", "signals", "/companies", folder()).added()).contains("""
                    request: GET /companies
                    paging: cursor
                    pageParameter: cursor
                    sizeParameter: limit
                    pageSize: 100
                    largestPage: 500
                    next: meta.next_cursor
                    records: result.companies
                    key: id
                    changed: updated_at
                    since: updated_since
                """);
    }

    @Test
    void whereAPageHasNoCursorTheKeyOfItsLastRecordIsOne() throws Exception {
        String document = Files.readString(Path.of("src/test/resources/openapi/stripe-like.json"));
        OpenApiImport made = Importing.ofText(document.replace("starting_after", "after"), folder());

        assertThat(made.added()).contains("    paging: id\n    pageParameter: after\n    sizeParameter: limit\n");
        assertThat(made.told()).anyMatch(each -> each.endsWith("So the key of its last record is taken for after"));
    }

    @Test
    void formsBatchesAndWrappedBodiesAreEntriesOfTheirKind() throws Exception {
        assertThat(Importing.of("stripe-like.json", "payments", "", folder()).added()).contains("""
                  post-customers:
                    title: Post Customers
                    description: >-
                      Creates a new customer object (POST /v1/customers).
                    request: POST /v1/customers
                    required: email
                    contentFormat: form
                    onceOnly: true
                """, "    request: POST /v1/customers/{customer}\n");
        OpenApiImport signals = Importing.of("cursor-31.yaml", "signals", "", folder());
        assertThat(signals.added()).contains("  baseUrl: https://eu.signals.example/api\n", "    header: X-Signals-Key\n",
                """
                          events-batch-create:
                            title: Create events
                            description: >-
                              Create events (POST /events/batch).
                            request: POST /events/batch
                            required: at,subject
                            add: type=event
                            body: '{"events":["{*}"]}'
                            batch: optional
                            largestBatch: 500
                            onceOnly: true
                            schema: schemas/signals/events-batch-create.json
                        """, """
                  companies-update:
                    # a flow has to set the header X-Workspace with requestHeaders
                    title: Create events (2)
                    description: >-
                      Create events (PATCH /companies/…).
                    request: PATCH /companies/{domain}?mode=merge
                    required: name
                    body: '{"company":"{*}"}'
                    schema: schemas/signals/companies-update.json
                """);
    }

    @Test
    void aSchemaNeedsNoOtherFile() throws Exception {
        Importing.of("cursor-31.yaml", "signals", "", folder()).write();
        Importing.of("salesloft-like.yaml", "outreach", "", folder()).write();

        JsonNode events = schema("signals", "events-batch-create");
        assertThat(events.path("$defs").fieldNames()).toIterable().containsExactly("Event", "Base", "Company");
        assertThat(events.at("/$defs/Company/properties/parent/$ref").asText()).isEqualTo("#/$defs/Company");
        assertThat(events.at("/properties/events/items/$ref").asText()).isEqualTo("#/$defs/Event");
        JsonNode person = schema("outreach", "create-person").at("/$defs/PersonInput");
        assertThat(person.at("/properties/last_name/type").toString()).isEqualTo("[\"string\",\"null\"]");
        assertThat(person.at("/properties/score").toString()).isEqualTo("{\"type\":\"integer\",\"exclusiveMinimum\":0}");
        assertThat(person.path("required").toString()).isEqualTo("[\"email_address\",\"last_name\",\"kind\"]");
    }

    @ParameterizedTest
    @CsvSource({"salesloft-like.yaml,outreach,4", "stripe-like.json,payments,3", "cursor-31.yaml,signals,3"})
    void theKameletsOfAnImportAreWithoutAFinding(String document, String vendor, int count) throws Exception {
        Importing.of(document, vendor, "", folder()).write();
        Path file = folder().resolve(vendor + ".yaml");
        Catalogue.of(file, Importing.withoutLists(Files.readString(file))).folder(routes).write();

        Kamelets made = Kamelets.in(routes.resolve("kamelets"));
        Kamelets all = made.or(Kamelets.in(Path.of("routes/kamelets")));
        assertThat(made.all()).hasSize(count).allSatisfy(each -> assertThat(KameletLint.check(each, all)).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"'\n'", "'\r\n'"})
    void whatAFileHasStaysByteForByte(String lineEnd) throws Exception {
        String before = """
                # Mine.
                vendor: outreach
                title: "Outreach"   # as we call it
                api:
                  baseUrl: https://api.outreachdesk.example/v2
                  connectionTest: /me
                  credential: {header: X-Key, api-key: The key.}
                endpoints:
                    delete-person:
                        title: Delete a person
                        description: Deletes (DELETE /people/…).
                        request: DELETE /people/{personId}
                        body: none   # no body
                        irreversible: true

                # Behind the endpoints.
                color: "#123"
                """.replace("\n", lineEnd);
        Path file = Files.writeString(Files.createDirectories(folder()).resolve("outreach.yaml"), before);
        OpenApiImport made = Importing.of("salesloft-like.yaml", "outreach", "/v2/people/{id}", folder());
        made.write();

        String added = made.added().replace("\n", lineEnd);
        String after = Files.readString(file);
        assertThat(made.told()).contains(
                "left alone: DELETE /v2/people/{id}: the catalogue file has the entry delete-person for it");
        assertThat(after).contains("    update-person:" + lineEnd + "      title: Update an existing person" + lineEnd,
                "request: PUT /people/{id}" + lineEnd);
        String entry = added.substring(added.indexOf("    update-person"));
        assertThat(after.replace(lineEnd + entry, "")).isEqualTo(before);
        assertThat(Importing.of("salesloft-like.yaml", "outreach", "/v2/people/{id}", folder()).count()).isZero();
        assertThat(Catalogue.read(file).kamelets()).hasSize(3);
    }

    private static String operation(String path, String name, String parameters, String properties) {
        return "  " + path + ":\n    post:\n      operationId: " + name + "\n      parameters: [" + parameters
                + "]\n      requestBody: {content: {application/json: {schema: {type: object, required: [events], "
                + "properties: {" + properties + "}}}}}\n      responses: {}\n";
    }

    private static String document(String... operations) {
        return "openapi: 3.0.0\nservers: [{url: 'https://a.example'}]\ncomponents: {securitySchemes: {k: {type: http, "
                + "scheme: bearer}}}\npaths:\n" + String.join("", operations);
    }

    @Test
    void aListBesideOtherPropertiesIsNotTakenForTheRecords() throws Exception {
        String list = "events: {type: array, items: {type: object, properties: {at: {type: string}}}}";
        OpenApiImport alone = Importing.ofText(document(operation("/a", "send", "", list)), folder());
        OpenApiImport beside = Importing.ofText(document(operation("/a", "send", "", list + ", mode: {type: string}")),
                folder());

        assertThat(alone.added()).contains("body: '{\"events\":[\"{*}\"]}'", "batch: optional");
        assertThat(beside.added()).contains("required: events\n").doesNotContain("body: '", "batch: optional");
        assertThat(beside.told()).last().asString().endsWith("; check: body: each record is a whole body with the list "
                + "events. If the records belong into this list, write body and batch");
    }

    @Test
    void aDefaultOfTheQueryIsNoConstantOfARequest() throws Exception {
        String parameters = "{name: mode, in: query, required: true, schema: {type: string, default: soft}}, "
                + "{name: v, in: query, required: true, schema: {type: string, enum: [x1]}}";
        assertThat(Importing.ofText(document(operation("/a", "send", parameters, "")), folder()).added())
                .contains("request: POST /a?mode={mode}&v=x1\n");
    }

    @Test
    void aNameThatTheFileHasOrReservesIsNotTaken() throws Exception {
        String entry = ":\n    title: %s\n    description: Sends.\n    request: POST /mine/%s\n";
        String file = "vendor: acme\ntitle: Acme\napi:\n  baseUrl: https://a.example\n  connectionTest: /me\n  credential: "
                + "{header: X-Key, api-key: The key.}\nmanualRequest: {methods: [POST]}\nendpoints:\n"
                + "  send-2" + entry.formatted("Mine", "1");
        Files.writeString(Files.createDirectories(folder()).resolve("acme.yaml"), file);
        OpenApiImport made = Importing.ofText(document(operation("/a", "send", "", ""), operation("/b", "send", "", ""),
                operation("/c", "request", "", ""), operation("/d", "send-2", "", "")), folder());
        made.write();

        assertThat(made.told()).extracting(each -> each.replaceFirst(";.*", "")).containsExactly(
                "written: POST /a as send in endpoints", "written: POST /b as send-3 in endpoints",
                "written: POST /c as request-2 in endpoints",
                "left alone: POST /d: the catalogue file has another entry send-2");
        assertThat(Catalogue.read(made.file()).kamelets()).isNotEmpty();
    }

    @Test
    void aPathThatTheDocumentDoesNotHaveIsToldWithThoseItHas() {
        assertThatThrownBy(() -> Importing.of("stripe-like.json", "payments", "/v1/customers,/v1/things/**", folder()))
                .isInstanceOf(ImportException.class)
                .hasMessage("the document has no path /v1/things/**. Its paths: /v1/customers, /v1/customers/{customer}");
        assertThatThrownBy(() -> Importing.of("stripe-like.json", "../x", "", folder()))
                .isInstanceOf(ImportException.class).hasMessageStartingWith("the vendor is '../x'. Allowed: lower-case");
    }

    @Test
    void credentialsThatAreNotSupportedAreTold() throws IOException {
        String document = """
                openapi: 3.0.0
                servers: [{url: 'https://a.example'}]
                components: {securitySchemes: {a: {type: http, scheme: basic}, b: {type: apiKey, in: query, name: k}}}
                paths: {/a: {post: {responses: {}}}}
                """;
        assertThatThrownBy(() -> Importing.ofText(document, folder())).isInstanceOf(ImportException.class)
                .hasMessageContaining("but http basic, apiKey query, which is not supported. Write the catalogue file "
                        + "acme.yaml with its api first");
        assertThatThrownBy(() -> Importing.ofText(document.replace("https://a.example", "/v1"), folder()))
                .isInstanceOf(ImportException.class).hasMessageContaining("servers has no absolute URL");
        assertThat(List.of(routes.toFile().list())).doesNotContain("schemas");
    }
}
