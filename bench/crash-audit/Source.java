// SPDX-License-Identifier: Apache-2.0
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A file or a request body with records.
 *
 * @param ids  of its records, those that cannot be read included
 * @param form ndjson, json or csv
 * @param text its content
 */
record Source(List<RecordId> ids, String form, String text) {

    private static final List<String> OWNERS = List.of("a", "b", "c", "d", "e");
    private static final String NOTE = "n".repeat(80);

    static Source of(Flow flow, int source, int records, String form, Random random) {
        List<RecordId> ids = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            int dice = random.nextInt(60);
            String kind = dice == 0 ? "poison" : dice == 1 && !form.equals("json") ? "malformed" : "good";
            RecordId id = new RecordId(flow.name(), source, i, OWNERS.get(random.nextInt(OWNERS.size())), kind);
            ids.add(id);
            lines.add(form.equals("csv") ? csv(id) : json(id));
        }
        String text = switch (form) {
            case "json" -> "[" + String.join(",\n", lines) + "]\n";
            case "csv" -> "id,owner,region,note\n" + String.join("\n", lines) + "\n";
            default -> String.join("\n", lines) + "\n";
        };
        return new Source(ids, form, text);
    }

    private static String json(RecordId id) {
        String fields = "{\"id\":\"" + id + "\",\"owner\":\"" + id.owner() + "\",\"region\":\"" + region(id) + "\"";
        return fields + (id.isMalformed() ? ",\"note\":}" : ",\"note\":\"" + NOTE + "\"}");
    }

    /** A row with one cell too many cannot be read. */
    private static String csv(RecordId id) {
        return id + "," + id.owner() + "," + region(id) + "," + NOTE + (id.isMalformed() ? ",too much" : "");
    }

    /** All records of an owner are of one region, as order is kept within a group. */
    private static String region(RecordId id) {
        return id.owner().charAt(0) % 2 == 0 ? "north" : "south";
    }

    String contentType() {
        return switch (form) {
            case "json" -> "application/json";
            case "csv" -> "text/csv";
            default -> "application/x-ndjson";
        };
    }
}
