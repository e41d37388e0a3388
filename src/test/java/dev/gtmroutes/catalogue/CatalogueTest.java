// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.gtmroutes.lint.flow.VendorApi;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.KameletLint;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.kamelet.Parameter;
import dev.gtmroutes.lint.yaml.YamlNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kamelets are made from catalogue files: those of this project, and those of the documentation. */
class CatalogueTest {

    private static final Path ROUTES = Path.of("routes");
    private static final String VENDOR = DocBlock.named("vendor");
    private static final String LISTS = DocBlock.named("list");

    @TempDir
    Path directory;

    static List<Path> files() throws IOException {
        return Catalogue.files(ROUTES);
    }

    private Path acme(String text) throws IOException {
        return Files.writeString(Files.createDirectories(directory.resolve("catalogue")).resolve("acme.yaml"), text);
    }

    private KameletDefinition kamelet(String name) {
        return KameletDefinition.read(directory.resolve("kamelets/acme/" + name + ".kamelet.yaml"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void theCommittedKameletsAreAsTheCatalogueSays(Path file) throws Exception {
        KameletFolder folder = Catalogue.read(file).folder(ROUTES);

        assertThat(Stream.of(folder.stale().keySet(), folder.left(), folder.ownFiles()).flatMap(each -> each.stream()))
                .as("run: java -jar target/quarkus-app/quarkus-run.jar catalogue " + file).isEmpty();
        assertThat(folder.unchanged()).isPositive();
    }

    /** No vendor API is written by hand, and no template that calls one: others do what a catalogue file cannot say. */
    @Test
    void eachVendorApiAndEachOfItsTemplatesIsGenerated() throws Exception {
        Map<String, KameletDefinition> generated = Kamelets.in(ROUTES.resolve("kamelets")).all().stream()
                .filter(each -> each.file().text().startsWith(GeneratedKamelet.MARK))
                .collect(Collectors.toMap(KameletDefinition::fileName, each -> each));

        for (VendorApi each : VendorApi.all(Kamelets.in(ROUTES.resolve("kamelets")))) {
            assertThat(generated).containsKey(each.kamelet().fileName());
            assertThat(Kamelets.in(each.kamelet().path().getParent()).all()).filteredOn(other -> other.type().equals("sink")
                    && other.file().text().contains("api: \"kamelet:" + each.kamelet().name()))
                    .allSatisfy(sink -> assertThat(generated).containsKey(sink.fileName()));
        }
    }

    @Test
    void aVendorOfTheDocumentationIsWrittenAndWithoutAFinding() throws Exception {
        Catalogue.read(acme(VENDOR + DocBlock.named("endpoint") + LISTS)).folder(directory).write();

        Kamelets all = Kamelets.in(directory.resolve("kamelets")).or(Kamelets.in(ROUTES.resolve("kamelets")));
        assertThat(Kamelets.in(directory.resolve("kamelets")).names()).containsExactly("acme-api-action",
                "acme-contacts-source", "acme-create-contact-sink", "acme-delete-contact-sink", "acme-update-contact-sink");
        assertThat(Kamelets.in(directory.resolve("kamelets")).all())
                .allSatisfy(each -> assertThat(KameletLint.check(each, all)).isEmpty());
        assertThat(VendorApi.of(kamelet("acme-api-action")).orElseThrow())
                .returns("Acme", VendorApi::title).returns("acme", VendorApi::settings).returns("/me", VendorApi::test);
        assertThat(kamelet("acme-delete-contact-sink").isIrreversible()).isTrue();
    }

    private YamlNode reading(String name) {
        return kamelet(name).template().get("beans").items().get(0).get("properties");
    }

    @Test
    void aListIsASourceThatSaysWhatIsReadAndHowItPages() throws Exception {
        Catalogue.read(acme(VENDOR + """
                listing: {paging: page, pageParameter: p, firstPage: 0, sizeParameter: n, pageSize: 20, largestPage: 50,
                  records: data, key: id, next: meta.next, costs: "1-10:1,11-:3"}
                lists:
                  notes:
                    title: Notes
                    description: Reads notes.
                    request: GET /contacts/{contactId}/notes?deleted=false&sort=id
                    parameters:
                      contactId: {title: Contact ID, description: The id of the contact., type: integer}
                    changed: updated_at
                    since: "updated_at[gte]"
                    until: "updated_at[lte]"
                    precision: seconds
                    evidence: used
                    fields: id, text
                  jobs:
                    title: Jobs
                    description: Reads jobs.
                    request: GET /jobs
                    paging: id
                    pageParameter: "id[gt]"
                  me:
                    title: Me
                    description: Reads one object.
                    request: GET /me
                    paging: none
                    key: none
                """)).folder(directory).write();

        YamlNode notes = reading("acme-notes-source");
        assertThat(notes.entries()).extracting(each -> each.key() + "=" + each.value().text()).containsExactly(
                "api=acme-{{credential}}", "name=acme-notes", "path=/contacts/{{contactId}}/notes?deleted=false&sort=id",
                "query={{query}}",
                "records=data", "key=id", "paging=page", "pageParameter=p", "firstPage=0", "sizeParameter=n",
                "next=meta.next", "costs=1-10:1,11-:3", "changed=updated_at", "since=updated_at[gte]",
                "until=updated_at[lte]", "precision=seconds", "pageSize={{pageSize}}", "period={{period}}",
                "overlap={{overlap}}", "readPatience={{readPatience}}", "retryMaxDelay={{retryMaxDelay}}");
        KameletDefinition source = kamelet("acme-notes-source");
        assertThat(source.title()).isEqualTo("Acme Notes Source");
        assertThat(source.description()).isEqualTo("Reads notes. Attributes of a record: id, text.");
        assertThat(source.annotations()).containsEntry("gtm.routes/evidence", "used");
        assertThat(source.parameter("contactId").orElseThrow()).returns(true, Parameter::required)
                .returns("integer", Parameter::type);
        assertThat(source.parameter("pageSize").orElseThrow().refuses("51")).isPresent();
        assertThat(reading("acme-jobs-source").entries()).extracting(YamlNode.Entry::key).containsExactly("api", "name",
                "path", "query", "records", "key", "paging", "pageParameter", "pageSize", "period", "readPatience",
                "retryMaxDelay");
        assertThat(reading("acme-me-source").entries()).extracting(YamlNode.Entry::key).containsExactly("api", "name",
                "path", "query", "records", "key", "paging", "period", "readPatience", "retryMaxDelay");
        assertThat(reading("acme-me-source").get("key").text()).isEmpty();
        assertThat(kamelet("acme-me-source").annotations()).containsEntry("gtm.routes/evidence", "inferred");
        Kamelets all = Kamelets.in(directory.resolve("kamelets")).or(Kamelets.in(ROUTES.resolve("kamelets")));
        assertThat(Kamelets.in(directory.resolve("kamelets")).all())
                .allSatisfy(each -> assertThat(KameletLint.check(each, all)).isEmpty());
    }

    /** A vendor, an endpoint and a list may have names that YAML does not take for texts. */
    @Test
    void titlesMayBeginWithADigit() throws Exception {
        String six = (VENDOR + LISTS).replace("title: Acme", "title: 6sense").replace("title: Create", "title: 2 Create")
                .replace("title: Contacts", "title: 2 Contacts");
        Catalogue.read(acme(six)).folder(directory).write();

        Kamelets all = Kamelets.in(directory.resolve("kamelets")).or(Kamelets.in(ROUTES.resolve("kamelets")));
        assertThat(Kamelets.in(directory.resolve("kamelets")).all()).hasSize(4)
                .allSatisfy(each -> assertThat(KameletLint.check(each, all)).isEmpty())
                .extracting(KameletDefinition::title).containsExactly("6sense API Action", "6sense 2 Contacts Source",
                        "2 Create Contact Sink", "Delete Contact Sink");
    }

    @Test
    void anEndpointWithTheVendorsFormOnlyOffersNoOther() throws Exception {
        Catalogue
                .read(acme(VENDOR.replace("required: email", "required: email\n    rename: id=ref\n    bodyFormat: vendor")))
                .folder(directory).write();

        assertThat(kamelet("acme-create-contact-sink").parameter("bodyFormat").orElseThrow())
                .returns("vendor", Parameter::defaultValue).returns(List.of("vendor"), Parameter::choices);
        assertThat(kamelet("acme-create-contact-sink").file().text()).contains("vendorRename: id=ref")
                .doesNotContain(" rename:");
        assertThat(kamelet("acme-delete-contact-sink").parameter("bodyFormat").orElseThrow())
                .returns("record", Parameter::defaultValue).returns(List.of("record", "vendor"), Parameter::choices);
    }

    @Test
    void whatChangesIsWrittenWhatGoesIsRemovedAndTheRestStays() throws Exception {
        Catalogue.read(acme(VENDOR)).folder(directory).write();
        Path sample = Files.writeString(directory.resolve("kamelets/acme/acme-delete-contact-sink.sample.json"), "{}");
        String shorter = VENDOR.substring(0, VENDOR.indexOf("  delete-contact:")).replace("10/1s", "20/1s");
        KameletFolder folder = Catalogue.read(acme(shorter)).folder(directory);
        folder.write();

        assertThat(folder.stale()).containsOnlyKeys(kamelet("acme-api-action").path());
        assertThat(folder.left()).containsExactly(kamelet("acme-delete-contact-sink").path());
        assertThat(folder.unchanged()).isEqualTo(1);
        assertThat(kamelet("acme-api-action").parameter("rateLimit").orElseThrow().defaultValue())
                .isEqualTo("{{acme.rate-limit:20/1s}}");
        assertThat(kamelet("acme-delete-contact-sink").path()).doesNotExist();
        assertThat(sample).exists();
        assertThat(Catalogue.read(acme(shorter)).folder(directory)).returns(Map.of(), KameletFolder::stale)
                .returns(List.of(), KameletFolder::left);
    }

    @Test
    void aKameletOfAPersonIsNeverWrittenOver() throws Exception {
        Path own = Files.createDirectories(directory.resolve("kamelets/acme"))
                .resolve("acme-create-contact-sink.kamelet.yaml");
        Files.writeString(own, "# mine\n");
        Path other = Files.writeString(own.resolveSibling("acme-mine-sink.kamelet.yaml"), "# mine, too\n");
        KameletFolder folder = Catalogue.read(acme(VENDOR)).folder(directory);
        folder.write();

        assertThat(folder.ownFiles()).containsExactly(own);
        assertThat(own).hasContent("# mine\n");
        assertThat(other).hasContent("# mine, too\n");
        assertThat(kamelet("acme-api-action").path()).exists();
    }

    /** A mistake in the file of the documentation. */
    record Mistake(String part, String bad, String at, String told) {
    }

    static List<Mistake> mistakes() {
        return List.of(
                new Mistake("vendor: acme", "vendor: Acme", "vendor:",
                        "vendor of the catalogue file is 'Acme'. Allowed: lower-case letters"),
                new Mistake("vendor: acme", "vendor: other", "vendor:",
                        "is 'other'. Allowed: the name of the file without .yaml"),
                new Mistake("title: Acme\n", "", "vendor:", "the catalogue file has no title"),
                new Mistake("api:\n", "apis:\n", "apis:", "'apis' is not a key of the catalogue file. Allowed: vendor, "
                        + "title"),
                new Mistake("https://api.acme.example/v1", "api.acme.example", "baseUrl:", "Allowed: an absolute URL"),
                new Mistake("https://api.acme.example/v1", "https://api.acme.example/v1?a=b", "baseUrl:", "without a query"),
                new Mistake("connectionTest: /me", "connectionTest: me", "connectionTest:", "beginning with /"),
                new Mistake("connectionTest: /me", "connectionTest: \"/{{a}}\"", "connectionTest:",
                        "which Camel interprets"),
                new Mistake("X-Acme-Key", "X Key", "header:", "Allowed: the name of an HTTP header"),
                new Mistake("    api-key:", "    apikey:", "apikey:", "'apikey' is not a key of credential"),
                new Mistake("    api-key: The API key from the account page of Acme.\n", "", "credential:",
                        "it has no secret"),
                new Mistake("10/1s", "10 a second", "rateLimit:", "is not a rate limit"),
                new Mistake("409=delivered", "409=maybe", "outcomes:",
                        "outcomes of api of the catalogue file cannot be used"),
                new Mistake("create-contact:", "Create:", "Create:", "cannot be the name of an endpoint"),
                new Mistake("title: Delete Contact", "title: Create Contact",
                        "title: Create Contact\n    description: Deletes",
                        "another endpoint has the title Create Contact"),
                new Mistake("request: POST /contacts", "request: GET /contacts", "request:",
                        "is 'GET /contacts'. Allowed: one of POST"),
                new Mistake("request: POST /contacts", "request: \"POST /contacts?a={{acme.api-key}}\"", "request:",
                        "contains '{{', '}}' or ')&', which Camel interprets. Remove it"),
                new Mistake("required: email", "requires: email", "requires:", "'requires' is not a key of endpoint "
                        + "create-contact"),
                new Mistake("(POST /contacts).", "(POST /contacts)", "description: Creates",
                        "does not end with a full stop"),
                new Mistake("body: none", "body: '{\"a\":}'", "delete-contact:", "it cannot be used"),
                new Mistake("/contacts/{contactId}", "/contacts", "parameters:",
                        "has contactId, which the endpoint does not use"),
                new Mistake("irreversible: true", "irreversible: yes", "irreversible:", "is 'yes'. Allowed: true, false"),
                new Mistake("irreversible: true", "batch: sometimes", "batch:", "is 'sometimes'. Allowed: always, optional"),
                new Mistake("irreversible: true", "largestBatch: 5", "delete-contact:", "have no effect without batch"),
                new Mistake("required: email", "bodyFormat: vendor\n    vendorForm: {required: email}", "bodyFormat:",
                        "is vendor, so there is no other form"),
                new Mistake("required: email", "bodyFormat: own", "bodyFormat:", "Allowed: record, vendor"),
                new Mistake("title: Contact ID, description", "titel: Contact ID, description", "contactId: {",
                        "'titel' is not a key"),
                new Mistake("contactId: {title", "onceOnly: {title", "onceOnly: {", "this name is not valid"),
                new Mistake("required: email", "add: \"a={{acme.api-key}}\"", "add:", "names {{acme.api-key}}, which is not "
                        + "a parameter"),
                new Mistake("    required: email\n", "    evidence: heard\n", "evidence:",
                        "evidence of endpoint create-contact is 'heard'. Allowed: product, reference, used, inferred"),
                new Mistake("endpoints:\n", "endpoints: [\n", "endpoints:", "not valid YAML"));
    }

    static List<Mistake> mistakesInLists() {
        return List.of(
                new Mistake("    key: id\n", "", "contacts:", "list contacts: it has no key: add key: and the "
                        + "attribute that identifies a record"),
                new Mistake("paging: page", "paging: pages", "paging:",
                        "is 'pages'. Allowed: none, offset, page, cursor, link, id"),
                new Mistake("    since: updated_after\n", "", "contacts:", "have no effect without since"),
                new Mistake("    changed: updated_at\n", "", "since:", "needs changed, the attribute with the time"),
                new Mistake("key: id", "key: none", "since:", "and a key"),
                new Mistake("sorted: true", "sorted: true\n    until: updated_before", "until:",
                        "has no effect on a sorted list"),
                new Mistake("sorted: true", "sorted: yes", "sorted:", "is 'yes'. Allowed: true, false"),
                new Mistake("sorted: true", "precision: hours", "precision:", "is 'hours'. Allowed: days, seconds"),
                new Mistake("GET /contacts?", "POST /contacts?", "request: POST /contacts?", "Allowed: GET, a space and a "
                        + "path"),
                new Mistake("GET /contacts?", "GET /{team}/contacts?", "request: GET", "names {team}, which is not a "
                        + "parameter of this list"),
                new Mistake("GET /contacts?", "GET /contacts?a={{acme.api-key}}&", "request: GET", "contains '{{'"),
                new Mistake("sorted: true", "parameters:\n      team: {title: Team, description: One.}",
                        "parameters:\n      team", "has team, which the list does not use"),
                new Mistake("sorted: true", "parameters:\n      query: {title: Team, description: One.}", "query: {",
                        "or all sources of lists have a parameter of this name"),
                new Mistake("paging: page", "paging: page\n    pageSize: 500\n    largestPage: 100", "contacts:",
                        "pageSize is 500 and larger than largestPage, 100"),
                new Mistake("paging: page", "paging: page\n    firstPage: one", "firstPage:", "is 'one'. Allowed: a whole "
                        + "number of 0 or more"),
                new Mistake("paging: page", "paging: page\n    next: meta paging", "next:", "Allowed: names of attributes "
                        + "with dots"),
                new Mistake("sizeParameter: per_page", "sizeParameter: a&b", "sizeParameter:", "Allowed: the name of "
                        + "a parameter"),
                new Mistake("lists:\n", "listing: {paging: page, sorted: true}\nlists:\n", "listing:",
                        "'sorted' is not a key of listing"),
                new Mistake("lists:\n", "listing: {paging: page}\nlist:\n", "list:\n", "'list' is not a key"),
                new Mistake(LISTS, "listing: {paging: page}\n", "listing:", "has no effect without lists"),
                new Mistake("  contacts:", "  Contacts:", "Contacts:", "cannot be the name of a list"),
                new Mistake("paging: page", "paging: page\n    fields: [a]", "fields:", "must be a text"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsToldInOneLineWithItsPlace(Mistake mistake) throws IOException {
        isTold(VENDOR, mistake);
    }

    @ParameterizedTest
    @MethodSource("mistakesInLists")
    void aMistakeInAListIsToldInOneLineWithItsPlace(Mistake mistake) throws IOException {
        isTold(VENDOR + LISTS, mistake);
    }

    private void isTold(String right, Mistake mistake) throws IOException {
        assertThat(right).contains(mistake.part());
        String text = right.replace(mistake.part(), mistake.bad());
        assertThat(text).contains(mistake.at());
        int line = (int) text.substring(0, text.indexOf(mistake.at())).lines().count()
                + (text.indexOf(mistake.at()) == 0 || text.charAt(text.indexOf(mistake.at()) - 1) == '\n' ? 1 : 0);
        Path file = acme(text);

        assertThatThrownBy(() -> Catalogue.read(file)).isInstanceOf(CatalogueException.class)
                .hasMessageStartingWith(file + ":").hasMessageContaining(mistake.told())
                .message().doesNotContain("\n").satisfies(each -> {
                    if (!mistake.told().contains("YAML")) {
                        assertThat(each).startsWith(file + ":" + line + ": ");
                    }
                });
        assertThat(directory.resolve("kamelets")).doesNotExist();
    }
}
