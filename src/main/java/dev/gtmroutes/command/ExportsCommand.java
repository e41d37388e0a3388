package dev.gtmroutes.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.peopleai.Exports;

/** {@code exports}: how far the exports from People.ai are, while the program runs or not. */
final class ExportsCommand implements Command {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DOCUMENT = ".json";
    private static final String WINDOW = "%-34s %-11s %-20s %9s %15s %12s  %s";
    private static final String HELP = """
            How far the exports from People.ai are. The program may run meanwhile.

              exports             of all flows
              exports <flow>...   of these flows

            Exit status: 0 done, 1 failed, 2 wrong usage.
            """;

    @Override
    public String name() {
        return "exports";
    }

    @Override
    public int run(List<String> arguments, Console console) {
        if (!arguments.isEmpty() && List.of("help", "--help", "-h").contains(arguments.get(0))) {
            console.page(HELP);
            return flushed(console, DONE);
        }
        if (arguments.stream().anyMatch(each -> each.startsWith("-"))) {
            console.error("exports takes flows only. See exports help");
            return USAGE;
        }
        try {
            return flushed(console, print(Exports.folder(new ProgramSettings().state()), arguments, console));
        } catch (IOException | RuntimeException e) {
            console.error(Failures.text(e));
            return FAILED;
        }
    }

    private static int flushed(Console console, int status) {
        try {
            console.flush();
            return status;
        } catch (IOException e) {
            console.error(Failures.text(e));
            return FAILED;
        }
    }

    private static int print(Path folder, List<String> flows, Console console) throws IOException {
        List<String> all = flows(folder);
        for (String each : flows) {
            if (!all.contains(each)) {
                console.error("flow " + each + " has no export" + (all.isEmpty() ? "" : "; these have one: "
                        + String.join(", ", all)));
                return FAILED;
            }
        }
        if (all.isEmpty()) {
            console.line("no exports");
        }
        for (String each : flows.isEmpty() ? all : flows) {
            print(each, JSON.readTree(folder.resolve(each + DOCUMENT).toFile()), console);
        }
        return DONE;
    }

    private static List<String> flows(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(each -> each.getFileName().toString()).filter(each -> each.endsWith(DOCUMENT))
                    .map(each -> each.substring(0, each.length() - DOCUMENT.length())).sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static void print(String flow, JsonNode document, Console console) {
        JsonNode order = document.path("order");
        String end = order.path("endDate").asText("");
        String watermark = document.path("watermark").asText("");
        console.line("%s: %s of %s activities from %s %s. %s".formatted(flow, order.path("exportType").asText(),
                order.path("activityType").asText(), order.path("startDate").asText(),
                end.isEmpty() ? "on, for ever" : "to " + end,
                watermark.isEmpty() || watermark.equals("null") ? "Nothing is delivered up to any day"
                        : "Everything up to " + watermark + " is delivered"));
        console.line(WINDOW.formatted("WINDOW", "STATE", "JOB", "FRAGMENTS", "BYTES", "RECORDS", "NEXT"));
        for (JsonNode each : document.path("windows")) {
            String error = each.path("lastError").asText("");
            console.line(WINDOW.formatted(each.path("type").asText() + " " + each.path("start").asText() + ".."
                    + each.path("end").asText(), each.path("state").asText(), each.path("job").asText(),
                    each.path("done").size() + "/" + each.path("fragments").asInt(), each.path("bytes").asLong(),
                    each.path("records").asLong(), each.path("nextAction").asText())
                    + (error.isEmpty() ? "" : ". Last error: " + error));
        }
    }
}
