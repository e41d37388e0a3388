// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.gtmroutes.samples.RecordingServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that would take memory, time or a way out of the document: each is told in one line, and nothing is written. */
class HostileDocumentTest {

    private static final String HEAD = "openapi: 3.0.0\nservers: [{url: 'https://a.example'}]\ncomponents:\n"
            + "  securitySchemes: {k: {type: http, scheme: bearer}}\n";
    private static final String PATHS = "paths:\n  /a:\n    post:\n      requestBody: {content: {application/json: {schema: "
            + "{$ref: '#/components/schemas/A'}}}}\n      responses: {}\n";

    @TempDir
    Path directory;

    private void refused(String document, String told) {
        assertThatThrownBy(() -> Importing.ofText(document, directory.resolve("catalogue")))
                .isInstanceOf(ImportException.class).message().contains(told).doesNotContain("\n");
        assertThat(directory.resolve("catalogue")).isEmptyDirectory();
    }

    @Test
    void whatIsTooDeepIsNotRead() {
        refused("{\"openapi\":\"3.0.0\",\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}",
                "the file is nested more than 100 levels deep");
        refused("openapi: 3.0.0\nx: " + "[".repeat(10_000) + "]".repeat(10_000), "nested more than 100 levels deep");
    }

    @Test
    void whatIsTooLargeIsNotRead() throws IOException {
        Path file = directory.resolve("large.json");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(50_000_000);
        }
        assertThatThrownBy(() -> OpenApiImport.of(new OpenApiImport.Wanted(file, "acme", "", ""), directory))
                .isInstanceOf(ImportException.class).hasMessageContaining("the file is larger than 20 MB");
        refused("{\"openapi\":\"3.0.0\",\"x\":[" + "0,".repeat(2_100_000) + "0]}", "has more than 2000000 parts");
        refused("openapi: 3.0.0\nx: [" + "0,".repeat(1_100_000) + "0]", "the file has more than 1000000 parts");
    }

    @Test
    void aliasesMakeNoLargeTree() {
        String bomb = IntStream.range(1, 25)
                .mapToObj(i -> "x" + i + ": &x" + i + " [*x" + (i - 1) + ", *x" + (i - 1) + "]\n")
                .collect(Collectors.joining());
        refused("openapi: 3.0.0\nx0: &x0 [a, a]\n" + bomb, "its aliases make it too large");
        refused("openapi: 3.0.0\nx: &x [*x]\n", "the file is nested too deeply");
        refused("openapi: 3.0.0\nx: &x {a: b}\ny: [" + "*x, ".repeat(60) + "*x]\n", "too many references");
    }

    @Test
    void noReferenceLeadsOutOfTheDocument() throws IOException {
        try (RecordingServer server = new RecordingServer()) {
            refused(HEAD + "  schemas: {A: {$ref: '" + server.url() + "/a.json#/A'}}\n" + PATHS,
                    "leads out of the document");
            refused(HEAD + "  schemas: {A: {$ref: 'file:///etc/passwd'}}\n" + PATHS, "leads out of the document");
            refused(HEAD + "  schemas: {A: {$ref: '../../secret.yaml'}}\n" + PATHS, "leads out of the document");
            assertThat(server.arrived()).isEmpty();
        }
    }

    @Test
    void aReferenceThatLeadsBackToItselfEnds() {
        refused(HEAD + "  schemas: {A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}}\n" + PATHS,
                "leads back to itself");
        refused(HEAD.replace("3.0.0", "2.0").replace("openapi", "swagger"), "it is a Swagger 2.0 document. Convert it");
        refused("just: a file\n", "it is not an OpenAPI document of version 3.0 or 3.1");
        refused("{\"openapi\": \"3.0.0\",\n \"paths\": }", ":2: not valid JSON");
    }

    @Test
    void schemasThatMultiplyAreCounted() throws Exception {
        String all = IntStream.range(0, 40).mapToObj(i -> "    S" + i + ": {allOf: [{$ref: '#/components/schemas/S" + (i + 1)
                + "'}, {$ref: '#/components/schemas/S" + (i + 1) + "'}]}\n").collect(Collectors.joining());
        OpenApiImport made = Importing
                .ofText(HEAD + "  schemas:\n    A: {allOf: [{$ref: '#/components/schemas/S0'}]}\n" + all
                        + "    S40: {type: object}\n" + PATHS, directory.resolve("catalogue"));

        assertThat(made.told()).contains("left out: POST /a: its schema is made of too many others");
        assertThat(made.count()).isZero();
    }

    /** All that a document says of one operation. */
    private OpenApiImport imported(String path, String schemas) throws Exception {
        return Importing.ofText(HEAD + "  schemas:\n" + schemas + PATHS.replace("/a:", "'" + path + "':"),
                directory.resolve("catalogue"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/{{env:HOME}}", "/a/{b}}", "/a)&x", "/{{a"})
    void aPathThatCamelWouldInterpretIsLeftOut(String path) throws Exception {
        OpenApiImport made = imported(path, "    A: {type: object}\n");

        assertThat(made.told()).anyMatch(each -> each.startsWith("left out: POST " + path + ": ")
                && each.contains("contains '{{', '}}' or ')&', which Camel interprets. Remove it"));
        assertThat(made.count()).isZero();
    }

    @Test
    void referencesThatLeadToEachOtherAreCounted() {
        String chain = IntStream.range(0, 60).mapToObj(i -> "    S" + i + ": {$ref: '#/components/schemas/S" + (i + 1)
                + "'}\n").collect(Collectors.joining());
        refused(HEAD + "  schemas:\n    A: {type: object}\n" + chain + "    S60: {type: object}\n" + PATHS,
                "is one of more than 50 that lead to each other");
    }

    @Test
    void aSchemaThatIsTooLargeWithItsReferencesIsNotWritten() throws Exception {
        String doubled = IntStream.range(0, 40).mapToObj(i -> "    S" + i + ": {properties: {default: {$ref: "
                + "'#/components/schemas/S" + (i + 1) + "'}, b: {$ref: '#/components/schemas/S" + (i + 1) + "'}}}\n")
                .collect(Collectors.joining());
        OpenApiImport made = imported("/a", "    A: {type: object, properties: {x: {$ref: '#/components/schemas/S0'}}}\n"
                + doubled + "    S40: {type: object}\n");

        assertThat(made.told()).contains("written: POST /a as create-a in endpoints; check: there is no schema for checks: "
                + "its schema has more than 200000 parts once its references are followed");
        assertThat(made.added()).doesNotContain("schema:");

        made = imported("/a", "    A: {type: object, properties: {x: {enum: ["
                + "some-value,".repeat(200_000) + "other]}}}\n");
        assertThat(made.told())
                .anyMatch(each -> each.endsWith("there is no schema for checks: its schema is larger than 2 MB"));
    }

    @Test
    void allOperationsTogetherLookAtSoManyPartsOnly() throws Exception {
        String large = "    A: {type: object, properties: {" + IntStream.range(0, 30_000).mapToObj(i -> "p" + i + ": {}")
                .collect(Collectors.joining(", ")) + "}}\n";
        String more = IntStream.range(0, 80).mapToObj(i -> PATHS.replace("paths:\n", "").replace("/a:", "/a" + i + ":"))
                .collect(Collectors.joining());
        OpenApiImport made = Importing.ofText(HEAD + "  schemas:\n" + large + PATHS + more, directory.resolve("catalogue"));

        assertThat(made.told()).last().asString().endsWith("the schemas of these operations have more than 2000000 parts "
                + "together. Import fewer paths at a time");
    }

    @Test
    void aPatternThatCouldKeepARecordWaitingIsLeftOut() throws Exception {
        imported("/a", "    A: {type: object, patternProperties: {'^(a+)+$': {type: string}, '^x_': {type: string}}, "
                + "additionalProperties: false, properties: {a: {pattern: 'a*a*a*b'}, b: {pattern: '^b+$'}}}\n").write();

        assertThat(directory.resolve("catalogue/schemas/acme/create-a.json")).content().contains("^b+$", "^x_")
                .doesNotContain("(a+)+", "a*a*", "additionalProperties");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {"^[A-Z]{2}$;true", "^\\d{1,3}(\\.\\d{1,3}){3}$;false",
            "^\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}$;true", "^https?://.+$;true", "^(draft|sent|read)$;true", "^[(*+]+$;true",
            "[a-z]+$;false", "^a+b+$;false", "^(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)$;false",
            "^a?a?a?a?a?a?a?a?a?a?a?a?a?aaaaaaaaaaaaa$;false", "^(?x)(a+) +$;false", "^(a+)\\1$;false",
            "^\\Q[\\E(a*)(a*)$;false", "^[]a](b*)c*$;false", "^a{1,9}b{1,999}$;false", "(;false",
            "^a|b*c;false", "^(a|b*)c$;true", "^a$|^b$;true", "^[|]b*$;true", "^?b*c;false", "^{0}b*c;false"})
    void onlyPatternsThatEndSoonAreTaken(String pattern, boolean taken) {
        assertThat(HarmlessPattern.is(pattern)).isEqualTo(taken);
    }
}
