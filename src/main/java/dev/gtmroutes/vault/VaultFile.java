// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.vault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gtmroutes.credential.CredentialName;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.FileErrors;

/**
 * {@code credentials.json}: names of vendors, credentials and values can be read, the values are encrypted. Each value is
 * good for its own vendor, credential and name alone, and a seal over all of them tells whether one was added, removed or
 * taken from an older file.
 */
final class VaultFile {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._:+/=-]{1,20000}");
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private final Path file;
    private final Disk disk;

    VaultFile(Path file, Disk disk) {
        this.file = file;
        this.disk = disk;
    }

    /** A value as it stands in the file. */
    private record Sealed(String vendor, String name, String field, String value) {

        static Sealed of(JsonNode node) {
            return new Sealed(node.path("vendor").asText(), node.path("name").asText(), node.path("field").asText(),
                    node.path("value").asText());
        }

        boolean isWhole() {
            return List.of(vendor, name, field, value).stream().allMatch(each -> WORD.matcher(each).matches());
        }

        String line() {
            return String.join(" ", vendor, name, field, value);
        }
    }

    boolean exists() {
        return Files.exists(file);
    }

    /**
     * What was read.
     *
     * @param values    of each credential
     * @param isCurrent whether all of it is encrypted with the key for new secrets
     */
    record Content(Map<CredentialName, Map<String, String>> values, boolean isCurrent) {
    }

    Content read(VaultKeys keys) throws VaultException {
        JsonNode root = root();
        return open(sealed(root), root.path("seal").asText(), keys);
    }

    /** The names of the settings in whose place it has values, which stay encrypted; none if it cannot be read. */
    Set<String> settings() {
        try {
            return exists() ? sealed(root()).stream()
                    .map(each -> new CredentialName(each.vendor, each.name).settings() + each.field)
                    .collect(Collectors.toSet()) : Set.of();
        } catch (VaultException e) {
            return Set.of();
        }
    }

    private static List<Sealed> sealed(JsonNode root) {
        List<Sealed> all = new ArrayList<>();
        root.path("values").forEach(each -> all.add(Sealed.of(each)));
        return all;
    }

    private JsonNode root() throws VaultException {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new VaultException("it is larger than " + MOST_BYTES / 1024 / 1024 + " MB");
            }
            JsonNode root = JSON.readTree(Files.readAllBytes(file));
            if (root.path("format").asInt() != 1) {
                throw new VaultException("it has a format that this version of the program does not know");
            }
            return root;
        } catch (JsonProcessingException e) {
            // Its message would quote the file.
            throw new VaultException("it is not valid JSON: it is damaged. Restore it from a backup, or delete it and enter "
                    + "the credentials again");
        } catch (IOException e) {
            throw new VaultException("it cannot be read: " + FileErrors.text(e));
        }
    }

    private static Content open(List<Sealed> all, String seal, VaultKeys keys) throws VaultException {
        keys.open(seal, text(all));
        Map<CredentialName, Map<String, String>> values = new HashMap<>();
        boolean current = keys.isCurrent(seal);
        for (Sealed each : all) {
            if (!each.isWhole()) {
                throw new VaultException("it is damaged");
            }
            byte[] value = keys.open(each.value, "value", each.vendor, each.name, each.field);
            values.computeIfAbsent(new CredentialName(each.vendor, each.name), any -> new HashMap<>()).put(each.field,
                    new String(value, StandardCharsets.UTF_8));
            current &= keys.isCurrent(each.value);
        }
        return new Content(values, current);
    }

    void write(Map<CredentialName, Map<String, String>> values, VaultKeys keys) throws IOException, VaultException {
        List<Sealed> all = new ArrayList<>();
        SortedMap<String, CredentialName> order = new TreeMap<>();
        values.keySet().forEach(each -> order.put(each.vendor() + " " + each.name(), each));
        order.values().forEach(name -> new TreeMap<>(values.get(name)).forEach((field, value) -> all.add(new Sealed(
                name.vendor(), name.name(), field, keys.seal(value.getBytes(StandardCharsets.UTF_8), "value",
                        name.vendor(), name.name(), field)))));
        ObjectNode root = JSON.createObjectNode().put("format", 1);
        all.forEach(each -> root.withArray("values").addObject().put("vendor", each.vendor).put("name", each.name)
                .put("field", each.field).put("value", each.value));
        root.put("seal", keys.seal(new byte[0], text(all)));
        byte[] bytes = (root.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MOST_BYTES) {
            throw new VaultException("there are too many stored credentials. Delete some that no flow uses");
        }
        disk.createFolder(file.getParent());
        disk.replace(file, bytes);
    }

    private static String[] text(List<Sealed> all) {
        List<String> lines = new ArrayList<>(List.of("file"));
        all.forEach(each -> lines.add(each.line()));
        return lines.toArray(String[]::new);
    }
}
