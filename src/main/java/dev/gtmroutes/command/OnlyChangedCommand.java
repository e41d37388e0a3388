// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.api.Exceptions;
import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.delivery.changed.FormMemories;
import dev.gtmroutes.disk.DataVersion;
import dev.gtmroutes.remembered.FormMemory;
import dev.gtmroutes.remembered.Remembered;

/** {@code only-changed}: what destinations with Only Changed remember, while the program runs or not. */
final class OnlyChangedCommand implements Command {

    private static final String ROW = "%-20s %-34s %-24s %12s %14s  %s";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HELP = """
            Lists, exports and resets what destinations with Only Changed remember. The program may be running.

              only-changed list [<flow>]                           prints one line per destination
              only-changed export <flow> [--destination <name>]    prints the hash of each key and of the form that was
                                                                   delivered last, as NDJSON
              only-changed reset <flow> [--destination <name>]     forgets all records, or one: each is sent once more
                                 --all | --key <value>

            --key takes the value of the attribute that identifies a record; for several attributes, a JSON array of their
            values, in their order: --key '["a","b"]'.
            A running program resets before it reads its next record; otherwise the next program does.
            Exit status: 0 done, 1 failed, 2 wrong usage.
            """;

    private final FormMemory memory;
    private final Path data;

    /** The command before it knows the settings. */
    OnlyChangedCommand() {
        this(null, null);
    }

    private OnlyChangedCommand(FormMemory memory, Path data) {
        this.memory = memory;
        this.data = data;
    }

    @Override
    public String name() {
        return "only-changed";
    }

    @Override
    public int run(List<String> arguments, Terminal console) {
        if (Command.isHelp(arguments)) {
            console.page(HELP);
            return Command.flushed(console, DONE);
        }
        try {
            return Command.flushed(console, status(arguments, console));
        } catch (UsageException e) {
            console.error(e.getMessage() + ". See only-changed help");
            return USAGE;
        } catch (IOException | RuntimeException e) {
            console.error(Exceptions.text(e));
            return FAILED;
        }
    }

    private static int status(List<String> arguments, Terminal console) throws UsageException, IOException {
        String what = arguments.isEmpty() ? "" : arguments.get(0);
        List<String> rest = arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
        ProgramSettings settings = new ProgramSettings();
        Path data = settings.data();
        DataVersion.check(data);
        try (FormMemory memory = FormMemories.of(data, name -> settings.value(name).orElse(""), new Secrets())) {
            OnlyChangedCommand command = new OnlyChangedCommand(memory, data);
            return switch (what) {
                case "list" -> command.list(Arguments.parse(rest, Set.of(), Set.of()), console);
                case "export" -> command.export(Arguments.parse(rest, Set.of("--destination"), Set.of()), console);
                case "reset" -> command.reset(Arguments.parse(rest, Set.of("--destination", "--key"), Set.of("--all")),
                        console);
                default -> throw new UsageException(what.isEmpty() ? "say what to do: list, export or reset"
                        : "only-changed has no '" + what + "'. Write list, export or reset");
            };
        }
    }

    private int list(Arguments parsed, Terminal console) throws UsageException, IOException {
        if (parsed.words().size() > 1) {
            throw new UsageException("list takes at most one flow");
        }
        List<Remembered> all = parsed.words().isEmpty() ? memory.all(data) : chosen(parsed);
        if (all.isEmpty()) {
            console.line("no destination remembers anything");
            return DONE;
        }
        console.line(ROW.formatted("FLOW", "DESTINATION", "ATTRIBUTES", "RECORDS", "BYTES", "TEMPLATE"));
        for (Remembered each : all) {
            console.line(ROW.formatted(each.flow(), each.destination(), String.join(", ", each.attributes()),
                    memory.count(each.folder(data)), each.bytes(), each.template())
                    + (each.reset() ? ". A reset is waiting for the program" : ""));
        }
        return DONE;
    }

    private int export(Arguments parsed, Terminal console) throws UsageException, IOException {
        for (Remembered each : chosen(parsed)) {
            memory.export(each.folder(data),
                    form -> console.raw(Remembered.json(form).getBytes(StandardCharsets.UTF_8)));
        }
        return DONE;
    }

    private int reset(Arguments parsed, Terminal console) throws UsageException, IOException {
        String key = parsed.value("--key");
        if (parsed.has("--all") == (key != null)) {
            throw new UsageException("reset requires --all or --key");
        }
        List<Remembered> chosen = chosen(parsed);
        if (key != null && chosen.size() > 1) {
            throw new UsageException("the flow has several destinations. Choose one with --destination: " + names(chosen));
        }
        for (Remembered each : chosen) {
            try {
                memory.reset(each.folder(data), key == null ? null : each.key(values(key, each)));
            } catch (IllegalArgumentException e) {
                throw new UsageException(e.getMessage());
            }
            console.line("%s: %s will be forgotten before the next record is read (flow %s)".formatted(each.destination(),
                    key == null ? "all records" : "1 record", each.flow()));
        }
        return DONE;
    }

    private static List<String> values(String key, Remembered of) throws UsageException {
        if (of.attributes().size() == 1) {
            return List.of(key);
        }
        try {
            JsonNode json = JSON.readTree(key);
            if (json != null && json.isArray()) {
                List<String> values = new ArrayList<>();
                json.forEach(each -> values.add(each.asText()));
                return values;
            }
        } catch (JsonProcessingException e) {
            // Said below.
        }
        throw new UsageException("--key must be a JSON array of the values of " + String.join(", ", of.attributes()));
    }

    /** The destinations of the flow that is given. */
    private List<Remembered> chosen(Arguments parsed) throws UsageException, IOException {
        if (parsed.words().size() != 1) {
            throw new UsageException("give one flow");
        }
        List<Remembered> all = memory.all(data);
        String flow = parsed.words().get(0);
        List<Remembered> ofFlow = all.stream().filter(each -> each.flow().equals(flow)).toList();
        if (ofFlow.isEmpty()) {
            throw new IOException("flow " + flow + " remembers nothing" + (all.isEmpty() ? "" : ". Flows that do: "
                    + String.join(", ", all.stream().map(Remembered::flow).distinct().toList())));
        }
        String destination = parsed.value("--destination");
        List<Remembered> chosen = destination == null ? ofFlow
                : ofFlow.stream().filter(each -> each.destination().equals(destination)).toList();
        if (chosen.isEmpty()) {
            throw new IOException("flow " + flow + " has no destination " + destination + " that remembers anything. "
                    + "Destinations: " + names(ofFlow));
        }
        return chosen;
    }

    private static String names(List<Remembered> destinations) {
        return String.join(", ", destinations.stream().map(Remembered::destination).toList());
    }
}
