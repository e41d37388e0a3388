// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.status;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Predicate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.FolderContent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that remembers that a destination paused itself after equal rejections, so that a restart does not cost more
 * records: {@code state/paused/<route id>.json} in the data directory.
 */
final class PauseFile {

    private static final Logger LOG = LoggerFactory.getLogger(PauseFile.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VERSION = 1;
    private static final String ENDING = ".json";

    private final Disk disk = new Disk();
    private final Path file;

    PauseFile(Path data, String routeId) {
        file = folder(data).resolve(URLEncoder.encode(routeId, StandardCharsets.UTF_8) + ENDING);
    }

    private static Path folder(Path data) {
        return data.resolve("state").resolve("paused");
    }

    /** The note is that of another route from now on. Where there is none, nothing happens. */
    static void rename(Path data, String before, String now) throws IOException {
        PauseFile from = new PauseFile(data, before);
        if (Files.exists(from.file)) {
            from.disk.move(from.file, new PauseFile(data, now).file);
        }
    }

    /** Deletes the notes of routes that are gone for good, so that other ones of the same ids begin unpaused. */
    static void deleteAll(Path data, Predicate<String> routeIds) {
        try {
            FolderContent.names(folder(data)).stream().filter(each -> each.endsWith(ENDING) && !each.startsWith("."))
                    .map(each -> URLDecoder.decode(each.substring(0, each.length() - ENDING.length()),
                            StandardCharsets.UTF_8))
                    .filter(routeIds).forEach(each -> new PauseFile(data, each).delete());
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            LOG.warn("Cannot read {}: {}. Flows with the id of a deleted flow may start "
                    + "paused", folder(data), e.getMessage());
        }
    }

    /** @return why the destination is paused; null if it is not. What cannot be read pauses it, too */
    PauseReason read() {
        if (Files.notExists(file)) {
            return null;
        }
        try {
            JsonNode note = JSON.readTree(Files.readAllBytes(file));
            if (note.path("version").asInt() == VERSION) {
                return new PauseReason(PauseReason.Kind.REJECTIONS, note.path("reason").asText(),
                        Instant.parse(note.path("since").asText()));
            }
            return unreadable("a newer version of this program wrote it");
        } catch (IOException | RuntimeException e) {
            return unreadable(e instanceof JsonProcessingException ? "not JSON" : e.getMessage());
        }
    }

    private PauseReason unreadable(String why) {
        return new PauseReason(PauseReason.Kind.REJECTIONS, "the flow was paused before the program ended, and the reason "
                + "in " + file + " cannot be read (" + why + ")", Instant.now());
    }

    void write(PauseReason halt) {
        byte[] json = JSON.createObjectNode().put("version", VERSION).put("reason", halt.reason())
                .put("since", halt.since().toString()).toString().getBytes(StandardCharsets.UTF_8);
        try {
            disk.createFolder(file.toAbsolutePath().getParent());
            disk.replace(file, json);
        } catch (IOException e) {
            LOG.warn("Cannot write {}: {}. After a restart, the flow will not be paused", file, e.getMessage());
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("Cannot delete {}: {}. After a restart, the flow will be paused again", file, e.getMessage());
        }
    }
}
