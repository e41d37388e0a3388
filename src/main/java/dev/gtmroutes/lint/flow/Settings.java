// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.flow;

import java.util.function.Predicate;

/** Which settings there are in the place where a flow runs. */
public final class Settings {

    /** Where nobody can tell. */
    public static final Settings UNKNOWN = new Settings(null);

    private final Predicate<String> there;

    private Settings(Predicate<String> there) {
        this.there = there;
    }

    /** @param there whether there is a setting of this name; one that names the file of a value stands for the value */
    public static Settings of(Predicate<String> there) {
        return new Settings(name -> there.test(name) || there.test(name + "-file"));
    }

    /** Whether there certainly is this setting. */
    boolean give(String name) {
        return there != null && there.test(name);
    }

    /** Whether there is no such setting; where nobody can tell, whether it does not even look like one. */
    boolean lack(String name) {
        return there != null ? !there.test(name) : !name.contains(".") && !name.matches("[A-Z][A-Z0-9_]*");
    }
}
