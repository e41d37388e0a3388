// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.lint.flow.EndpointCall;
import dev.gtmroutes.lint.yaml.YamlFile;
import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.mapping.value.RunValues;
import dev.gtmroutes.record.read.RecordReader;
import dev.gtmroutes.record.read.RecordSize;
import org.junit.jupiter.api.Test;

/** The example of docs/records-and-mapping.md does what the page says. */
class MappingPageTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static String block(String page, String language, int from) {
        Matcher block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(block.find(from)).as("a block of " + language).isTrue();
        return block.group(1);
    }

    @Test
    void theExampleOfThePageMakesTheRecordOfThePage() throws Exception {
        String page = Files.readString(Path.of("docs/records-and-mapping.md"));
        int from = page.indexOf("## Map:");
        YamlFile flow = YamlFile.of(Path.of("phone.yaml"), block(page, "yaml", from));
        String map = EndpointCall.in(flow.root()).get(1).argument("map").orElseThrow().value();
        byte[] calls = block(page, "text", from).getBytes();
        try (RecordReader records = RecordReader.open(calls, "calls.csv", null)) {
            records.next();
            SourceRecord second = records.next();

            assertThat(JSON.readTree(Mapping.of(map, false).apply(second, RunValues.NONE, RecordSize.DEFAULT)))
                    .isEqualTo(JSON.readTree(block(page, "json", from)));
        }
    }
}
