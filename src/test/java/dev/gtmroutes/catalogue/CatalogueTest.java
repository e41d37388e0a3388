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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kamelets are made from catalogue files: those of this project, and those of the documentation. */
class CatalogueTest {

    private static final Path ROUTES = Path.of("routes");
    private static final String VENDOR = DocBlock.named("vendor");

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

    /** Nobody copies the API of a vendor by hand, and a template only where a catalogue file cannot say what it does. */
    @Test
    void eachVendorApiAndEachOfItsTemplatesIsGenerated() throws Exception {
        Map<String, KameletDefinition> generated = Kamelets.in(ROUTES.resolve("kamelets")).all().stream()
                .filter(each -> each.file().text().startsWith(GeneratedKamelet.MARK))
                .collect(Collectors.toMap(KameletDefinition::fileName, each -> each));

        for (VendorApi each : VendorApi.all(Kamelets.in(ROUTES.resolve("kamelets")))) {
            assertThat(generated).containsKey(each.kamelet().fileName());
            assertThat(Kamelets.in(each.kamelet().path().getParent()).all()).filteredOn(other -> other.type().equals("sink"))
                    .allSatisfy(sink -> assertThat(generated).containsKey(sink.fileName()));
        }
    }

    @Test
    void aVendorOfTheDocumentationIsWrittenAndWithoutAFinding() throws Exception {
        Catalogue.read(acme(VENDOR + DocBlock.named("endpoint"))).folder(directory).write();

        Kamelets all = Kamelets.in(directory.resolve("kamelets")).or(Kamelets.in(ROUTES.resolve("kamelets")));
        assertThat(Kamelets.in(directory.resolve("kamelets")).names()).containsExactly("acme-api-action",
                "acme-create-contact-sink", "acme-delete-contact-sink", "acme-update-contact-sink");
        assertThat(Kamelets.in(directory.resolve("kamelets")).all())
                .allSatisfy(each -> assertThat(KameletLint.check(each, all)).isEmpty());
        assertThat(VendorApi.of(kamelet("acme-api-action")).orElseThrow())
                .returns("Acme", VendorApi::title).returns("acme", VendorApi::settings).returns("/me", VendorApi::test);
        assertThat(kamelet("acme-delete-contact-sink").isIrreversible()).isTrue();
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
                new Mistake("X-Acme-Key", "X Key", "header:", "Allowed: the name of an HTTP header"),
                new Mistake("    api-key:", "    apikey:", "apikey:", "'apikey' is not a key of credential"),
                new Mistake("    api-key: The API key from the account page of Acme.\n", "", "credential:",
                        "it has no secret"),
                new Mistake("10/1s", "10 a second", "rateLimit:", "is not a rate limit"),
                new Mistake("403=retry", "403=maybe", "outcomes:", "outcomes of api of the catalogue file cannot be used"),
                new Mistake("create-contact:", "Create:", "Create:", "cannot be the name of an endpoint"),
                new Mistake("title: Delete Contact", "title: Create Contact",
                        "title: Create Contact\n    description: Deletes",
                        "another endpoint has the title Create Contact"),
                new Mistake("request: POST /contacts", "request: GET /contacts", "request:",
                        "is 'GET /contacts'. Allowed: one of POST"),
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
                new Mistake("title: Contact ID, description", "titel: Contact ID, description", "contactId: {",
                        "'titel' is not a key"),
                new Mistake("contactId: {title", "onceOnly: {title", "onceOnly: {", "this name is not valid"),
                new Mistake("required: email", "add: \"a={{acme.api-key}}\"", "add:", "names {{acme.api-key}}, which is not "
                        + "a parameter"),
                new Mistake("endpoints:\n", "endpoints: [\n", "endpoints:", "not valid YAML"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsToldInOneLineWithItsPlace(Mistake mistake) throws IOException {
        assertThat(VENDOR).contains(mistake.part());
        String text = VENDOR.replace(mistake.part(), mistake.bad());
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
