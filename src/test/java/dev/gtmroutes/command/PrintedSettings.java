// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.command;

import java.util.List;

/** A program that prints the settings that its arguments name, as commands of the program read them from its environment. */
final class PrintedSettings {

    private PrintedSettings() {
    }

    public static void main(String[] names) {
        CamelVariables.name(System.getenv());
        ProgramSettings settings = new ProgramSettings();
        for (String name : List.of(names)) {
            System.out.println(name + "=" + settings.value(name).orElse("(none)"));
        }
    }
}
