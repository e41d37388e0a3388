// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriTemplateTest {

    private static String expand(String template, String record) throws UnfitRecordException {
        return expand(new UriTemplate(template, ""), record);
    }

    private static String expand(UriTemplate uri, String record) throws UnfitRecordException {
        Map<AttributePath, Attributes.Value> values = new Attributes(Stream.concat(uri.needed().stream(),
                uri.optional().stream()).toList()).of(record.getBytes(StandardCharsets.UTF_8));
        return uri.expand(values, values);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "/users/{user_id}              | {\"user_id\":\"u 1/2\"}                | /users/u%201%2F2",
            "/users/{user_id}              | {\"user_id\":12345678901234567890}     | /users/12345678901234567890",
            "/users/{user_id}              | {\"user_id\":1.50}                     | /users/1.50",
            "/users/{user_id}              | {\"user_id\":true}                     | /users/true",
            "/users/{{user_id}}            | {\"user_id\":\"doubled\"}              | /users/doubled",
            "/users?user_id={user_id}      | {\"user_id\":\"a&b=c+d#e?f\"}          | /users?user_id=a%26b%3Dc%2Bd%23e%3Ff",
            "/o/{owner.id}                 | {\"owner\":{\"id\":7}}                 | /o/7",
            "/o/{owner.id}                 | {\"owner\":{\"id\":7},\"owner.id\":8}  | /o/8",
            "/o/{first name}               | {\"first name\":\"x\"}                 | /o/x",
            "/u/{e}                        | {\"e\":\"zoë@x.org \\uD83D\\uDE80 \\\"q\\\"\"} "
                    + "| /u/zo%C3%AB%40x.org%20%F0%9F%9A%80%20%22q%22",
            "/u/a-{x}-b/{y}                | {\"x\":\"1\",\"y\":\"2\"}              | /u/a-1-b/2",
            "/u/{id}                       | {\"id\":\"../../admin\"}               | /u/..%2F..%2Fadmin",
            "/u/{id}                       | {\"id\":\"{{people-ai.api-key}}\"}     | /u/%7B%7Bpeople-ai.api-key%7D%7D",
            "/u/{id}                       | {\"id\":\"100%\"}                      | /u/100%25",
            "/c{?a,b,c}                    | {\"a\":1,\"c\":\"x y\",\"b\":null}     | /c?a=1&c=x%20y",
            "/c{?a}                        | {}                                     | /c",
            "/c?z=1{&a}                    | {\"a\":2}                              | /c?z=1&a=2",
            "/plain path/é                 | {}                                     | /plain%20path/%C3%A9",
            "https://h.example/x/{a}       | {\"a\":\"b\"}                          | https://h.example/x/b"})
    void expands(String template, String record, String url) throws Exception {
        assertThat(expand(template, record)).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "userId={user_id}        | /users?user_id=u%201",
            "userId={{user_id}}      | /users?user_id=u%201",
            "userId=a+b&c=d@e.org/.. | /users?user_id=a%2Bb%26c%3Dd%40e.org%2F..",
            "userId=crm-{owner.id}:x | /users?user_id=crm-7%3Ax"})
    void aVariableThatIsTextIsEncodedAsAValue(String variable, String url) throws Exception {
        UriTemplate uri = new UriTemplate("/users?user_id={userId}", variable);

        assertThat(expand(uri, "{\"user_id\":\"u 1\",\"owner\":{\"id\":7},\"userId\":\"no\"}")).isEqualTo(url);
    }

    @Test
    void aVariableThatIsTextNeedsItsAttributes() {
        UriTemplate uri = new UriTemplate("/users/{userId}", "userId=crm-{owner.id}");

        assertThatThrownBy(() -> expand(uri, "{}"))
                .hasMessage("the attribute owner.id, which the URL requires, is missing or empty");
        assertThatThrownBy(() -> new UriTemplate("/users/{userId}", "userId= "))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"id\":null}", "{\"id\":\"\"}", "{\"id\":{\"a\":1}}", "{\"id\":[1]}", "{\"id\":\"..\"}",
            "{\"id\":\".\"}", "{\"ID\":1}"})
    void aRecordThatCannotFillItIsUnfit(String record) {
        assertThatThrownBy(() -> expand("/users/{id}/x", record)).isInstanceOf(UnfitRecordException.class)
                .hasMessageNotContaining("\n");
    }

    @Test
    void theMissingAttributeIsNamed() {
        assertThatThrownBy(() -> expand("/users/{owner.id}", "{}"))
                .hasMessage("the attribute owner.id, which the URL requires, is missing or empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/users/{id", "/users/id}", "{host}/x", "https://{host}/x", "https://api.{tenant}.example/x",
            "//evil.example/x"})
    void aTemplateThatLeavesTheHostOpenOrABraceAloneIsRefused(String template) {
        assertThatThrownBy(() -> new UriTemplate(template, "")).isInstanceOf(IllegalArgumentException.class);
    }
}
