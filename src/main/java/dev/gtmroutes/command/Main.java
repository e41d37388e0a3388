// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import java.util.Set;

import dev.gtmroutes.thread.OutOfMemory;
import io.quarkus.runtime.Quarkus;

/**
 * Where the program begins. Without a command, or with options only, it runs the flows. The word {@code demo} before all
 * that chooses the settings of the demo. The setting {@code quarkus.package.main-class} names this class: with the
 * annotation QuarkusMain, Camel would wait to be started by it.
 */
public final class Main {

    private static final String DEMO = "demo";
    private static final Set<String> HELP = Set.of("help", "--help", "-h");
    private static final String DEMO_SETTINGS = "/demo/demo.properties";

    private Main() {
    }

    /** @param arguments a command and its arguments, or options of the program */
    public static void main(String... arguments) {
        CamelVariables.name(System.getenv());
        List<String> words = List.of(arguments);
        if (!words.isEmpty() && words.get(0).equals(DEMO)) {
            chooseDemo();
            words = words.subList(1, words.size());
        }
        if (words.isEmpty() || words.get(0).startsWith("-") && !HELP.contains(words.get(0))) {
            OutOfMemory.endsProgram();
            Quarkus.run(null, StartFailure::exit, words.toArray(String[]::new));
        } else {
            System.exit(run(words, Terminal.ofProgram()));
        }
    }

    /**
     * Sets the settings of the demo as system properties, which override files and the environment. A system property that
     * the user has given stays. Not a profile of Quarkus: a native program warns if it runs with another profile than it was
     * built with. Not one more file in quarkus.config.locations: all files there would get the rank of that setting, above
     * the environment.
     */
    private static void chooseDemo() {
        Properties demo = new Properties();
        try (InputStream settings = Main.class.getResourceAsStream(DEMO_SETTINGS)) {
            demo.load(settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> names = demo.stringPropertyNames().stream().filter(name -> System.getProperty(name) == null).toList();
        names.forEach(name -> System.setProperty(name, demo.getProperty(name)));
        // Camel reads system properties as they are, without replacing ${gtm.sandbox.port} in them.
        ProgramSettings settings = new ProgramSettings();
        names.forEach(name -> System.setProperty(name, settings.value(name).orElseThrow()));
    }

    /** @return the exit status */
    static int run(List<String> arguments, Terminal console) {
        // Not a constant, for the classes of commands take their time to load, and the flows need none of them.
        List<Command> commands = List.of(new DeadLettersCommand(), new ExportsCommand(), new OnlyChangedCommand(),
                new ValidateCommand(),
                new CatalogueCommand());
        String name = arguments.get(0);
        for (Command each : commands) {
            if (each.name().equals(name)) {
                return each.run(arguments.subList(1, arguments.size()), console);
            }
        }
        String known = "Commands: " + String.join(", ", commands.stream().map(Command::name).toList())
                + ", demo. Without a command, the program runs the flows";
        if (HELP.contains(name)) {
            console.line(known);
            return Command.DONE;
        }
        console.error("there is no command '" + name + "'. " + known);
        return Command.USAGE;
    }
}
