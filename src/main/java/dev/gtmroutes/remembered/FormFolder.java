// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.remembered;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.FolderLock;
import dev.gtmroutes.record.KeyHash;

/**
 * The files of what one destination remembers: {@code state/only-changed/<flow>/<destination>/} in the data directory. In it
 * are {@code about.json}; {@code forms.mv}, the store; {@code changes-<number>}, the journals of what is not in the store
 * yet; {@code reset/}, with an empty file for each key to be forgotten, or {@code all}; {@code .lock}, held while the store
 * changes.
 *
 * @param folder the folder itself; it need not exist
 */
public record FormFolder(Path folder) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VERSION = 1;
    private static final String JOURNAL = "changes-";
    private static final String ALL = "all";
    private static final String ASIDE = ".damaged-";

    /**
     * What the keys mean.
     *
     * @param template   name of the template
     * @param attributes that identify a record, in their order
     */
    public record About(String flow, String destination, String template, List<String> attributes) {
    }

    /** The destination's folder. @param data the data directory */
    public static FormFolder of(Path data, String flow, String destination) {
        return new FormFolder(ofFlow(data, flow).resolve(name(destination)));
    }

    /** The folder with those of all destinations of a flow. @param data the data directory */
    public static Path ofFlow(Path data, String flow) {
        return root(data).resolve(name(flow));
    }

    /** All of them that hold anything, those of flows that are gone included. */
    public static List<FormFolder> all(Path data) throws IOException {
        List<FormFolder> all = new ArrayList<>();
        for (Path flow : folders(root(data))) {
            for (Path destination : folders(flow)) {
                if (!destination.getFileName().toString().contains(ASIDE)) {
                    all.add(new FormFolder(destination));
                }
            }
        }
        return all;
    }

    /** Those of one flow. */
    public static List<FormFolder> of(Path data, String flow) throws IOException {
        return all(data).stream().filter(each -> each.flow().equals(flow)).toList();
    }

    private static List<Path> folders(Path parent) throws IOException {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> names = Files.list(parent)) {
            return names.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static Path root(Path data) {
        return data.resolve("state").resolve("only-changed");
    }

    /** Such that no name leads out of the folder. */
    private static String name(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace(".", "%2E").replace("*", "%2A");
    }

    public String flow() {
        return URLDecoder.decode(folder.getParent().getFileName().toString(), StandardCharsets.UTF_8);
    }

    /** What the destination is called within its flow. */
    public String destination() {
        return URLDecoder.decode(folder.getFileName().toString(), StandardCharsets.UTF_8);
    }

    Path store() {
        return folder.resolve("forms.mv");
    }

    Path journal(long number) {
        return folder.resolve(JOURNAL + number);
    }

    /** The numbers of the journals, ascending. */
    List<Long> journals() throws IOException {
        try (Stream<Path> names = Files.list(folder)) {
            return names.map(each -> each.getFileName().toString())
                    .filter(each -> each.matches(JOURNAL + "\\d{1,18}"))
                    .map(each -> Long.valueOf(each.substring(JOURNAL.length()))).sorted().toList();
        }
    }

    /** Whether anything is remembered here. */
    public boolean exists() {
        return Files.exists(about());
    }

    private Path about() {
        return folder.resolve("about.json");
    }

    /**
     * @return null if there is none
     * @throws DamagedFormsException if it cannot be understood
     * @throws IOException           if a newer version of the program wrote it
     */
    public About readAbout() throws IOException {
        JsonNode json;
        try {
            json = JSON.readTree(Files.readAllBytes(about()));
        } catch (NoSuchFileException e) {
            return null;
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            throw new DamagedFormsException(about() + " is not JSON", e);
        }
        if (json.path("version").asInt() > VERSION) {
            throw new IOException(about() + " has format " + json.path("version").asInt()
                    + " of a newer version of this program. Run the newer version, or delete the folder: then every record "
                    + "is sent again");
        }
        if (json.path("version").asInt() != VERSION || !json.path("attributes").isArray()) {
            throw new DamagedFormsException(about() + " is not what this program writes", null);
        }
        List<String> attributes = new ArrayList<>();
        json.path("attributes").forEach(each -> attributes.add(each.asText()));
        return new About(flow(), destination(), json.path("template").asText(), List.copyOf(attributes));
    }

    void write(About about, Disk disk) throws IOException {
        disk.createFolder(folder);
        ObjectNode json = JSON.createObjectNode().put("version", VERSION).put("flow", about.flow)
                .put("destination", about.destination).put("template", about.template);
        about.attributes.forEach(json.putArray("attributes")::add);
        disk.replace(about(), json.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes of all files. */
    public long bytes() throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(each);
            }
        } catch (NoSuchFileException e) {
            // It was just deleted, or a file of it.
        }
        return bytes;
    }

    /**
     * Has something forgotten: by the program that runs, or by the one that is started next, before it reads another record.
     *
     * @param key null for all keys
     */
    public void requestReset(KeyHash key) throws IOException {
        Disk disk = new Disk();
        disk.createFolder(resets());
        disk.replace(resets().resolve(key == null ? ALL : key.toString()), new byte[0]);
    }

    private Path resets() {
        return folder.resolve("reset");
    }

    /** What {@link #requestReset} asked for: names of files. */
    List<String> resetsAsked() throws IOException {
        if (!Files.isDirectory(resets())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(resets())) {
            return files.map(each -> each.getFileName().toString())
                    .filter(each -> each.equals(ALL) || KeyHash.parse(each) != null).toList();
        }
    }

    static boolean isAll(List<String> resets) {
        return resets.contains(ALL);
    }

    void resetDone(List<String> resets) throws IOException {
        for (String each : resets) {
            Files.deleteIfExists(resets().resolve(each));
        }
    }

    FolderLock lock() throws IOException {
        return new FolderLock(folder);
    }

    /** Copies all, while a program may be using it. @param to an empty folder */
    FormFolder copy(Path to) throws IOException {
        FormFolder copy = new FormFolder(to.resolve(folder.getParent().getFileName()).resolve(folder.getFileName()));
        Files.createDirectories(copy.resets());
        try (FolderLock lock = lock(); Stream<Path> files = Files.list(folder)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                if (!each.getFileName().toString().startsWith(".")) {
                    Files.copy(each, copy.folder.resolve(each.getFileName()));
                }
            }
            for (String each : resetsAsked()) {
                Files.createFile(copy.resets().resolve(each));
            }
        }
        return copy;
    }

    /** @return where it lies now */
    Path moveAside(String time) throws IOException {
        Path aside = folder.resolveSibling(folder.getFileName() + ASIDE + time);
        new Disk().move(folder, aside);
        return aside;
    }

    /** Deletes all. */
    public void delete() throws IOException {
        // First what says that there is something.
        Files.deleteIfExists(about());
        deleteTree(folder);
    }

    static void deleteTree(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
