// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.samples.SampleFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Beside each source of a list lies a page of it, as the vendor sends it: it is as the catalogue says. */
class ListSamplesTest {

    private static final Path ROUTES = Path.of("routes");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A list of a vendor. */
    record VendorList(String vendor, ListEntry entry) {

        Path sample() {
            return ROUTES.resolve("kamelets").resolve(vendor).resolve(toString() + SampleFile.SUFFIX);
        }

        String reading(String parameter) {
            return entry.reading().getOrDefault(parameter, "");
        }

        @Override
        public String toString() {
            return vendor + "-" + entry.name() + "-source";
        }
    }

    static List<VendorList> lists() throws Exception {
        List<VendorList> lists = new ArrayList<>();
        for (Path each : Catalogue.files(ROUTES)) {
            VendorEntry vendor = CatalogueReader.read(each);
            vendor.lists().forEach(list -> lists.add(new VendorList(vendor.name(), list)));
        }
        return lists;
    }

    private static JsonNode at(JsonNode response, String path) {
        return path.isEmpty() ? response : response.at("/" + path.replace('.', '/'));
    }

    @Test
    void eachListHasASampleAndEachSampleAList() throws Exception {
        List<String> files;
        try (Stream<Path> all = Files.walk(ROUTES.resolve("kamelets"))) {
            files = all.map(Path::toString).filter(each -> each.endsWith("-source" + SampleFile.SUFFIX)).toList();
        }
        assertThat(files).containsExactlyInAnyOrderElementsOf(
                lists().stream().map(each -> each.sample().toString()).toList());
    }

    @ParameterizedTest
    @MethodSource("lists")
    void theSampleIsAPageOfTheList(VendorList list) throws IOException {
        JsonNode page = JSON.readTree(list.sample().toFile());
        JsonNode found = at(page, list.reading("records"));
        List<JsonNode> records = new ArrayList<>();
        (found.isArray() ? found : JSON.createArrayNode().add(found)).forEach(each -> records.add(each.isObject() ? each
                : JSON.createObjectNode().set(list.reading("key"), each)));

        assertThat(records).hasSize(found.isArray() ? 2 : 1);
        assertThat(found.isArray() || list.entry().isWhole()).isTrue();
        assertThat(records).allSatisfy(each -> {
            if (!list.reading("key").isEmpty()) {
                assertThat(at(each, list.reading("key")).asText()).isNotEmpty();
            }
            if (!list.reading("changed").isEmpty()) {
                assertThat(OffsetDateTime.parse(at(each, list.reading("changed")).asText())).isNotNull();
            }
            assertThat(list.entry().fields()).allSatisfy(field -> assertThat(each.has(field)).as(field).isTrue());
        });
        for (String each : List.of("total", "next")) {
            assertThat(list.reading(each).isEmpty() || !at(page, list.reading(each)).isMissingNode()).as(each).isTrue();
        }
    }

    /** The vendor sorts the list as the source believes. */
    @ParameterizedTest
    @MethodSource("lists")
    void aSortedListAsksForItsOrder(VendorList list) {
        boolean sorted = list.reading("sorted").equals("true");

        assertThat(sorted).isEqualTo(list.entry().path().endsWith("?sort_by=updated_at&sort_direction=ASC"));
        assertThat(list.entry().isIncremental()).isEqualTo(sorted || list.reading("until").equals("updated_at[lte]"));
    }
}
