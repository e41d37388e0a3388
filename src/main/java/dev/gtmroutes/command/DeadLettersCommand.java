package dev.gtmroutes.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

import dev.gtmroutes.api.Exceptions;
import dev.gtmroutes.deadletter.DeadLetterSelection;
import dev.gtmroutes.deadletter.DeadLetterStore;
import dev.gtmroutes.deadletter.FlowLetters;
import dev.gtmroutes.deadletter.LetterId;
import dev.gtmroutes.deadletter.LetterRefusedException;
import dev.gtmroutes.deadletter.Refusals;
import dev.gtmroutes.deadletter.Replayed;

/** {@code dead-letters}: what a person does with records that were not delivered, while the program runs or not. */
final class DeadLettersCommand implements Command {

    private static final String HELP = """
            Records that were not delivered. The program may run meanwhile.

              dead-letters list [<flow>] [filters]               one line each; without a flow, how many and why
              dead-letters show <flow> [<id>...|filters]         all that is known of them
                                       [--records]               only the records, as NDJSON
              dead-letters edit <flow> <id> [--record <json>]    a new record, from the option or piped in
              dead-letters replay <flow> <id>...|filters|--all   hands them to the flow again, for the destination that
                                         [--held]                rejected them; held ones, too
              dead-letters discard <flow> <id>...|filters|--all  closes them for good

            Filters, which may be combined:
              --reason <text>         the reason has this text in it
              --since <time>          2026-01-31T12:00:00Z, 2026-01-31 (UTC), or 2h ago (s, m, h, d)
              --state held|rejected   held: nobody knows whether the destination took the record

            Held records may arrive twice, so replay leaves them out unless it is told --held.
            An id looks like 2026-01-31/17. Exit status: 0 done, 1 failed or not all done, 2 wrong usage.
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
                + topic + " (gtm.dead-letters.topic). Here are only those in files: older ones, and too large ones"));
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
            default -> throw new UsageException(what.isEmpty() ? "list, show, edit, replay or discard?"
                    : "dead-letters has no '" + what + "'; it has list, show, edit, replay and discard");
        };
    }

    private static int list(List<String> arguments, Terminal console)
            throws UsageException, LetterRefusedException, IOException {
        Arguments parsed = Arguments.parse(arguments, ChoiceArguments.OPTIONS, Set.of());
        DeadLetterSelection choice = ChoiceArguments.of(parsed, List.of());
        LetterTable table = new LetterTable(console);
        if (parsed.words().isEmpty()) {
            table.summary(box(), choice);
        } else if (parsed.words().size() == 1) {
            table.list(box().flow(parsed.words().get(0)), choice);
        } else {
            throw new UsageException("list takes one flow");
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
        console.line(id + " has a new record. Replay it to send it");
        return DONE;
    }

    private static int replay(List<String> arguments, Terminal console)
            throws UsageException, LetterRefusedException, IOException {
        Arguments parsed = Arguments.parse(arguments, ChoiceArguments.OPTIONS, Set.of("--all", "--held"));
        DeadLetterSelection choice = deliberate(parsed, "replay");
        RefusedLetters refused = new RefusedLetters(console);
        Replayed replayed = flow(parsed).replay(choice, parsed.has("--held"), refused);
        console.line("Handed to flow " + parsed.words().get(0) + ": " + replayed.records()
                + (replayed.held() == 0 ? "" : ". Of these were held, and may arrive twice: " + replayed.held()));
        if (replayed.leftOut() > 0) {
            console.line("Held ones left out, as they may arrive twice: " + replayed.leftOut()
                    + ". With --held they are replayed, too");
        }
        return refused.isEmpty() ? DONE : FAILED;
    }

    private static int discard(List<String> arguments, Terminal console)
            throws UsageException, LetterRefusedException, IOException {
        Arguments parsed = Arguments.parse(arguments, ChoiceArguments.OPTIONS, Set.of("--all"));
        DeadLetterSelection choice = deliberate(parsed, "discard");
        RefusedLetters refused = new RefusedLetters(console);
        console.line("Discarded: " + flow(parsed).discard(choice, refused));
        return refused.isEmpty() ? DONE : FAILED;
    }

    /** A choice that nobody makes by leaving something out. */
    private static DeadLetterSelection deliberate(Arguments parsed, String what) throws UsageException {
        DeadLetterSelection choice = ChoiceArguments.of(parsed, ids(parsed));
        if (choice.equals(DeadLetterSelection.ALL) != parsed.has("--all")) {
            throw new UsageException(what + " takes ids, or --reason, --since and --state, or --all alone");
        }
        return choice;
    }

    private static List<String> ids(Arguments parsed) throws UsageException {
        if (parsed.words().isEmpty()) {
            throw new UsageException("which flow?");
        }
        return parsed.words().subList(1, parsed.words().size());
    }

    private static FlowLetters flow(Arguments parsed) throws LetterRefusedException, IOException {
        return box().flow(parsed.words().get(0));
    }

    private static DeadLetterStore box() {
        return new DeadLetterStore(new ProgramSettings().data());
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
