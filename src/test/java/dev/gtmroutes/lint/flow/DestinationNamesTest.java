// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

class DestinationNamesTest {

    private static List<String> names(String... idsAndKamelets) {
        List<String> ids = Arrays.stream(idsAndKamelets).map(each -> each.contains("=") ? each.split("=")[0] : null)
                .toList();
        return DestinationNames.of(ids, Arrays.stream(idsAndKamelets).map(each -> each.replaceFirst(".*=", "")).toList());
    }

    @Test
    void theIdNamesADestinationAndElseItsTemplate() {
        assertThat(names("a-sink", "crm=a-sink", "b-sink", "x-action")).containsExactly("a", "crm", "b", "x-action");
    }

    @Test
    void anotherTemplateBeforeItChangesNoName() {
        assertThat(names("b-sink", "a-sink", "a-sink", "c-sink", "a-sink")).containsExactly("b", "a", "a-2", "c", "a-3");
        assertThat(names("a-sink", "a-2=b-sink", "a-sink")).containsExactly("a", "a-2", "a-3");
        assertThat(names("a-sink", "a=b-sink")).containsExactly("a-2", "a");
    }

    @Test
    void noTemplateGivesANameThatIsReserved() {
        assertThat(names("http-delivery-sink", "http-delivery-sink", "x-jobs-action"))
                .containsExactly("http-delivery-step", "http-delivery-step-2", "x-jobs-action");
        assertThat(names("x-jobs-sink", "x-topic")).containsExactly("x-jobs-step", "x-topic-step");
    }

    @Test
    void idsThatCannotBeNamesAreRefused() {
        for (String id : List.of("2", "", "a.b", "a:b", "a b", "ü", "-a", "x".repeat(65), "a/b", "{{x}}")) {
            assertThatThrownBy(() -> DestinationNames.of(List.of(id), List.of("a-sink"))).as(id)
                    .hasMessageContaining("cannot be the id of a destination").hasMessageNotContaining("\n");
        }
        assertThatThrownBy(() -> names("crm-topic=a-sink")).hasMessageContaining("does not end in -delivery, ");
        assertThatThrownBy(() -> names("crm=a-sink", "crm=b-sink"))
                .hasMessage("another destination of the flow has the id crm. Choose another");
    }

    @Test
    void whatKameletsCallTheirRoutesIsReserved() throws IOException {
        Pattern inner = Pattern.compile("/\\{\\{routeId}}(-[A-Za-z0-9_-]+)");
        Set<String> endings = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("routes/kamelets"))) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                inner.matcher(Files.readString(each)).results().forEach(found -> endings.add(found.group(1)));
            }
        }
        assertThat(endings).contains("-delivery", "-jobs", "-topic").allSatisfy(
                ending -> assertThatThrownBy(() -> names("crm" + ending + "=a-sink")).hasMessageContaining("reserved"));
    }
}
