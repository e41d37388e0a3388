// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import dev.gtmroutes.api.Exceptions;
import dev.gtmroutes.audit.AuditAction;
import dev.gtmroutes.deadletter.DeadLetterSelection;
import dev.gtmroutes.deadletter.DeadLetterStore;
import dev.gtmroutes.deadletter.FlowLetters;
import dev.gtmroutes.deadletter.LetterId;
import dev.gtmroutes.deadletter.LetterRefusedException;
import dev.gtmroutes.deadletter.Refusals;
import dev.gtmroutes.deadletter.Replayed;
import dev.gtmroutes.disk.DataVersion;
import dev.gtmroutes.flow.files.FlowsOnDisk;

/** {@code dead-letters}: what a person does with records that were not delivered, while the program runs or not. */
final class DeadLettersCommand implements Command {

    private static final String HELP = """
            Lists, edits, replays and discards records that were not delivered. The program may be running.

              dead-letters list [<flow>] [filters]               prints one line per dead letter; without a flow,
                                                                 the number per flow and reason
              dead-letters show <flow> [<id>...|filters]         prints all data of dead letters
                                       [--records]               only the records, as NDJSON
              dead-letters edit <flow> <id> [--record <json>]    replaces the record by the option or standard input
              dead-letters replay <flow> <id>...|filters|--all   sends the records to the destination that did not
                                         [--held]                accept them; with --held, also held records
              dead-letters discard <flow> <id>...|filters|--all  closes dead letters permanently

            Filters, which can be combined:
              --reason <text>         the reason contains this text
              --since <time>          2026-01-31T12:00:00Z, 2026-01-31 (UTC), or an age such as 2h (s, m, h, d)
              --state held|rejected   held: the API may have processed the record
              --request <id>          the request with this id was the last one that carried the record
              --key <value>           the record key has this value

            Held records may arrive twice, so replay skips them without --held.
            An id looks like 2026-01-31/17. Exit status: 0 done, 1 failed or partly failed, 2 wrong usage.
            """;

    @Override
    public String name() {
        return "dead-letters";
    }

    @Override
    public int run(List<String> arguments, Terminal console) {
        try {
            int status = status(arguments, console);
            console.flush();
            return status;
        } catch (UsageException e) {
            console.error(e.getMessage() + ". See dead-letters help");
            return USAGE;
        } catch (LetterRefusedException | IOException | RuntimeException e) {
            console.error(Exceptions.text(e));
            return FAILED;
        }
    }

    private static int status(List<String> arguments, Terminal console)
            throws UsageException, LetterRefusedException, IOException {
        String what = arguments.isEmpty() ? "" : arguments.get(0);
        List<String> rest = arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
        new ProgramSettings().deadLettersTopic().ifPresent(topic -> console.error("Dead letters are in the Kafka topic "
                + topic + " (gtm.dead-letters.topic). This command reads only dead letters in files: older ones, and "
                + "records that are too large for the topic"));
        return switch (what) {
            case "list" -> list(rest, console);
            case "show" -> show(rest, console);
            case "edit" -> edit(rest, console);
            case "replay" -> replay(rest, console);
            case "discard" -> discard(rest, console);
            case "help", "--help", "-h" -> {
                console.page(HELP);
                yield DONE;
            }
            default -> throw new UsageException(what.isEmpty() ? "say what to do: list, show, edit, replay or discard"
                    : "dead-letters has no '" + what + "'. Write list, show, edit, replay or discard");
        };
    }

    private static int list(List<String> arguments, Terminal console)
            throws UsageException, LetterRefusedException, IOException {
        Arguments parsed = Arguments.parse(arguments, ChoiceArguments.OPTIONS, Set.of());
        DeadLetterSelection choice = ChoiceArguments.of(parsed, List.of());
        LetterTable table = new LetterTable(console, new ProgramSettings().data());
        if (parsed.words().isEmpty()) {
            table.summary(box(), choice);
        } else if (parsed.words().size() == 1) {
            table.list(box().flow(parsed.words().get(0)), choice);
        } else {
            throw new UsageException("list takes at most one flow");
        }
        return DONE;
    }

    private static int show(List<String> arguments, Terminal console)
            throws UsageException, LetterRefusedException, IOException {
        Arguments parsed = Arguments.parse(arguments, ChoiceArguments.OPTIONS, Set.of("--records"));
        DeadLetterSelection choice = ChoiceArguments.of(parsed, ids(parsed));
        LetterPrinter pages = new LetterPrinter(console);
        return pages.show(flow(parsed), choice, parsed.has("--records")) ? DONE : FAILED;
    }

    private static int edit(List<String> arguments, Terminal console)
            throws UsageException, LetterRefusedException, IOException {
        Arguments parsed = Arguments.parse(arguments, Set.of("--record"), Set.of());
        if (ids(parsed).size() != 1) {
            throw new UsageException("edit takes a flow and one id");
        }
        LetterId id = ChoiceArguments.id(ids(parsed).get(0));
        FlowLetters letters = flow(parsed);
        String record = parsed.value("--record");
        letters.edit(id, record == null ? console.read() : record.getBytes(StandardCharsets.UTF_8));
        note(console, AuditAction.EDITED_RECORD, parsed.words().get(0) + "/" + id, 1);
        console.line(id + ": record replaced. To send it, replay the dead letter");
        return DONE;
    }

    private static int replay(List<String> arguments, Terminal console)
            throws UsageException, LetterRefusedException, IOException {
        Arguments parsed = Arguments.parse(arguments, ChoiceArguments.OPTIONS, Set.of("--all", "--held"));
        DeadLetterSelection choice = deliberate(parsed, "replay");
        RefusedLetters refused = new RefusedLetters(console);
        FlowLetters letters = flow(parsed);
        if (!FlowsOnDisk.mayHave(new ProgramSettings().routes(), parsed.words().get(0))) {
            throw LetterRefusedException.flowIsGone(parsed.words().get(0));
        }
        Replayed replayed = letters.replay(choice, parsed.has("--held"), refused);
        note(console, AuditAction.REPLAYED, parsed.words().get(0), replayed.records());
        console.line(records(replayed.records()) + " queued for replay (flow " + parsed.words().get(0) + ")"
                + (replayed.held() == 0 ? "" : ". Held records among them, which may arrive twice: " + replayed.held()));
        if (replayed.leftOut() > 0) {
            console.line("Held records skipped: " + replayed.leftOut() + ". They may arrive twice; --held replays them");
        }
        return refused.isEmpty() ? DONE : FAILED;
    }

    private static int discard(List<String> arguments, Terminal console)
            throws UsageException, LetterRefusedException, IOException {
        Arguments parsed = Arguments.parse(arguments, ChoiceArguments.OPTIONS, Set.of("--all"));
        DeadLetterSelection choice = deliberate(parsed, "discard");
        RefusedLetters refused = new RefusedLetters(console);
        long discarded = flow(parsed).discard(choice, refused);
        note(console, AuditAction.DISCARDED, parsed.words().get(0), discarded);
        console.line(records(discarded) + " discarded (flow " + parsed.words().get(0) + ")");
        return refused.isEmpty() ? DONE : FAILED;
    }

    /** Into the audit log. What was done stays done if this line cannot be written. */
    private static void note(Terminal console, AuditAction action, String subject, long count) {
        try {
            if (count > 0) {
                new ProgramSettings().audit().write(action, subject, count);
            }
        } catch (IOException | RuntimeException e) {
            console.error("The audit log lacks a line on this command: " + Exceptions.text(e));
        }
    }

    /** A choice that nobody makes by leaving something out. */
    private static DeadLetterSelection deliberate(Arguments parsed, String what) throws UsageException {
        DeadLetterSelection choice = ChoiceArguments.of(parsed, ids(parsed));
        if (choice.equals(DeadLetterSelection.ALL) != parsed.has("--all")) {
            throw new UsageException(
                    what + " requires ids, or filters (--reason, --since, --state, --request, --key), or --all without ids "
                            + "and filters");
        }
        return choice;
    }

    private static String records(long number) {
        return number + (number == 1 ? " record" : " records");
    }

    private static List<String> ids(Arguments parsed) throws UsageException {
        if (parsed.words().isEmpty()) {
            throw new UsageException("give a flow");
        }
        return parsed.words().subList(1, parsed.words().size());
    }

    private static FlowLetters flow(Arguments parsed) throws LetterRefusedException, IOException {
        return box().flow(parsed.words().get(0));
    }

    private static DeadLetterStore box() throws IOException {
        Path data = new ProgramSettings().data();
        DataVersion.check(data);
        return new DeadLetterStore(data);
    }

    /** Tells of each dead letter that something could not be done with, and remembers that there was one. */
    private static final class RefusedLetters implements Refusals {

        private final Terminal console;
        private boolean empty = true;

        RefusedLetters(Terminal console) {
            this.console = console;
        }

        @Override
        public void refused(LetterId letter, String why) {
            empty = false;
            console.error(letter + ": " + why);
        }

        boolean isEmpty() {
            return empty;
        }
    }
}
