package dev.gtmroutes.command;

import java.util.List;

import io.quarkus.runtime.Quarkus;

/**
 * Where the program begins. Without a command, or with options only, it runs the flows. The setting
 * {@code quarkus.package.main-class} names it: with the annotation QuarkusMain, Camel would wait to be started by it.
 */
public final class Main {

    private Main() {
    }

    /** @param arguments a command and its arguments, or options of the program */
    public static void main(String... arguments) {
        if (arguments.length == 0 || arguments[0].startsWith("-")) {
            Quarkus.run(arguments);
        } else {
            System.exit(run(List.of(arguments), Console.ofProgram()));
        }
    }

    /** @return the exit status */
    static int run(List<String> arguments, Console console) {
        // Not a constant, for the classes of commands take their time to load, and the flows need none of them.
        List<Command> commands = List.of(new DeadLettersCommand(), new ExportsCommand(), new ValidateCommand(),
                new CatalogueCommand());
        String name = arguments.get(0);
        for (Command each : commands) {
            if (each.name().equals(name)) {
                return each.run(arguments.subList(1, arguments.size()), console);
            }
        }
        console.error("there is no command '" + name + "'; there are: "
                + String.join(", ", commands.stream().map(Command::name).toList())
                + ". Without a command, the program runs the flows");
        return Command.USAGE;
    }
}
