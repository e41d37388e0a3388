// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.gtmroutes.record.mapping.MappingTrial;
import org.junit.jupiter.api.Test;

class AttributeSurveyTest {

    private static AttributeSurvey survey(String... records) {
        AttributeSurvey survey = new AttributeSurvey();
        for (String each : records) {
            survey.add(each.getBytes(StandardCharsets.UTF_8));
        }
        return survey;
    }

    @Test
    void nestedAttributesAreThereWithTypesAndSamples() {
        assertThat(survey("{\"id\": 1, \"empty\": \"\", \"owner\": {\"at\": \"2026-04-03T12:30:00Z\"}}",
                "{\"id\": \"x\", \"empty\": \"later\", "
                        + "\"people\": [{\"email\": \"a@b.example\", \"tags\": [\"x\"]}], \"on\": true}")
                .attributes()).extracting(each -> each.path() + " " + each.type() + " " + each.sample()).containsExactly(
                        "id Number or Text 1", "empty Text later", "owner Object {\"at\":\"2026-04-03T12:30:00Z\"}",
                        "owner.at Time 2026-04-03T12:30:00Z",
                        "people List [{\"email\":\"a@b.example\",\"tags\":[\"x\"]}]", "people.email Text a@b.example",
                        "people.tags List [\"x\"]", "on Yes or no true");
    }

    @Test
    void whatAMappingCanAssignTo() {
        assertThat(survey("{\"a\": {\"b\": 1}, \"people\": [{\"email\": \"x\", \"of\": [{\"x\": 1}]}], \"tags\": [\"x\"], "
                + "\"c.d\": 1}").leaves()).extracting(SurveyedAttribute::target)
                .containsExactly("a.b", "people[].email", "tags", "\"c.d\"");
    }

    @Test
    void expressionsReadTheVeryAttribute() {
        for (String name : new String[] {"a", "Call ID", "a.b", "a: b", "Q\\\"uote", "{x}", "a|b", "Started (local)", " a",
                "*", "x[]", "a\\\\b"}) {
            SurveyedAttribute found = survey("{\"" + name + "\": {\"in\": 1}}").attributes().get(1);
            assertThat(MappingTrial.of("x = " + found.expression()).lines().get(0).source()).as(found.expression())
                    .isEqualTo(found.path());
            assertThat(MappingTrial.of(found.target() + " = 1").lines().get(0).attribute()).as(found.target())
                    .isEqualTo(found.path());
        }
    }

    @Test
    void thereIsAnEndToThem() {
        String many = IntStream.range(0, 2000).mapToObj(each -> "\"a" + each + "\":" + each)
                .collect(Collectors.joining(",", "{", "}"));
        assertThat(survey(many).attributes()).hasSize(AttributeSurvey.MOST);
        String deep = "{\"a\":".repeat(200) + "1" + "}".repeat(200);
        assertThat(survey(deep).attributes()).hasSize(20);
        assertThat(survey("{\"a\":\"" + "x".repeat(1000) + "\"}").attributes().get(0).sample()).hasSize(80);
    }
}
