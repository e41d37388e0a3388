package dev.gtmroutes.export;

import java.io.IOException;
import java.io.InputStream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.api.BodyReader;

/** The answer to a call about jobs. The list of ten days is longer than what is kept of other answers. */
final class JobAnswer implements BodyReader {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_BYTES = 16 << 20;

    private byte[] bytes = {};

    @Override
    public void read(InputStream body) throws IOException {
        bytes = body.readNBytes(MOST_BYTES);
        if (bytes.length == MOST_BYTES) {
            throw new IOException("the response is longer than " + MOST_BYTES + " bytes");
        }
    }

    /** @throws IOException if it is not JSON */
    JsonNode json() throws IOException {
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new IOException("the response is not JSON", e);
        }
    }
}
