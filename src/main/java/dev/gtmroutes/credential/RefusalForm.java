package dev.gtmroutes.credential;

import java.util.List;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * How a vendor says that it refuses the credential, beside the status 401.
 *
 * @param status   the status of such an answer
 * @param pointers what its body holds, as JSON pointers
 */
record RefusalForm(int status, List<JsonPointer> pointers) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param  text a status and JSON pointers, such as {@code 500 /error/message /error/code}
     * @throws IllegalArgumentException if it is something else
     */
    static RefusalForm parse(String text) {
        String[] parts = text.strip().split("\\s+");
        if (!parts[0].matches("[45]\\d\\d")) {
            throw new IllegalArgumentException("'" + text + "' does not say how a credential is refused: "
                    + "a status and JSON pointers do, such as 500 /error/message");
        }
        return new RefusalForm(Integer.parseInt(parts[0]),
                List.of(parts).subList(1, parts.length).stream().map(JsonPointer::compile).toList());
    }

    boolean matches(int answered, String body) {
        if (answered != status) {
            return false;
        }
        try {
            JsonNode answer = JSON.readTree(body);
            return pointers.stream().noneMatch(each -> answer.at(each).isMissingNode());
        } catch (JsonProcessingException e) {
            return pointers.isEmpty();
        }
    }
}
