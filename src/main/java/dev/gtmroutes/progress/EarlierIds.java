// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.progress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gtmroutes.disk.DataVersion;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.parameter.ContextPlugin;
import org.apache.camel.CamelContext;

/**
 * What became of the ids that destinations had while these were numbers, such as {@code calls:2}: progress and dead letters
 * of that time name them. In {@code state/destinations.json} of a data directory that is so old; other directories have no
 * such file. For any number of threads.
 */
public final class EarlierIds {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FLOWS = "flows";
    private static final String IDS = "ids";
    /** The version of data whose destinations have names. */
    private static final int NAMED = 2;
    /** A step of a flow, or the outbox of one, and what its Kamelets add. */
    private static final Pattern STEP = Pattern.compile("(.*:\\d+)((?:-.*)?)");
    private static final Pattern OUTBOX = Pattern.compile("([^:]*)(:.*)");

    private final Path data;
    private final Path file;
    private final Disk disk = new Disk();
    private final Set<String> flows = new TreeSet<>();
    private final Map<String, String> ids = new ConcurrentHashMap<>();

    private EarlierIds(Path data) {
        this.data = data;
        this.file = data.resolve("state").resolve("destinations.json");
    }

    /** Those of a Camel context, by their data directories. */
    private static final class All {
        private final Map<Path, EarlierIds> byData = new ConcurrentHashMap<>();
    }

    /**
     * @param data the data directory
     * @return the same object for as long as Camel lives
     * @throws IOException if the file cannot be read; the message says so in one line
     */
    public static EarlierIds of(CamelContext camel, Path data) throws IOException {
        Path real = data.toAbsolutePath().normalize();
        All all = ContextPlugin.of(camel, All.class, All::new);
        synchronized (all) {
            EarlierIds known = all.byData.get(real);
            if (known == null) {
                known = new EarlierIds(real);
                known.read();
                all.byData.put(real, known);
            }
            return known;
        }
    }

    private void read() throws IOException {
        if (Files.notExists(file)) {
            return;
        }
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(file));
            json.path(FLOWS).forEach(each -> flows.add(each.asText()));
            ids.putAll(JSON.convertValue(json.path(IDS), new TypeReference<Map<String, String>>() {}));
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(file + ", which says what the destinations of earlier progress are called now, cannot be "
                    + "read. Restore it from a backup", e);
        }
    }

    /**
     * Begins to take over a directory whose destinations had numbers. From then on, earlier versions of the program refuse
     * the directory.
     *
     * @return whether there may be anything to take over
     * @throws IOException if the disk fails
     */
    public synchronized boolean begin() throws IOException {
        if (DataVersion.of(data) < NAMED) {
            if (Files.notExists(file)) {
                write();
            }
            DataVersion.raise(data, disk);
        }
        return Files.exists(file);
    }

    /** Whether it is known what the destinations of a flow are called now. */
    public synchronized boolean has(String flow) {
        return flows.contains(flow);
    }

    /**
     * Returns when it is on the disk what the destinations of a flow are called now.
     *
     * @param now by the earlier ids
     */
    public synchronized void add(String flow, Map<String, String> now) throws IOException {
        flows.add(flow);
        ids.putAll(now);
        write();
    }

    private void write() throws IOException {
        ObjectNode json = JSON.createObjectNode().put("version", 1);
        flows.forEach(json.putArray(FLOWS)::add);
        new TreeMap<>(ids).forEach(json.putObject(IDS)::put);
        disk.createFolder(file.getParent());
        disk.replace(file, JSON.writeValueAsBytes(json));
    }

    /** @return the id that a route has now; the same one if it had no other */
    public String now(String routeId) {
        if (ids.isEmpty()) {
            return routeId;
        }
        String step = replaced(STEP.matcher(routeId), routeId);
        return step.equals(routeId) ? replaced(OUTBOX.matcher(routeId), routeId) : step;
    }

    private String replaced(Matcher parts, String routeId) {
        String now = parts.matches() ? ids.get(parts.group(1)) : null;
        return now == null ? routeId : now + parts.group(2);
    }
}
