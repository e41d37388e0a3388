// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

/**
 * Which credential is meant.
 *
 * @param vendor the name in front of its settings, such as {@code people-ai}
 * @param name   {@code default} for the one without a name in its settings
 */
public record CredentialName(String vendor, String name) {

    /** What the names of its settings begin with, such as {@code people-ai.acme.}. */
    public String settings() {
        return name.equals("default") ? vendor + "." : vendor + "." + name + ".";
    }

    /** Such as {@code people-ai-acme}. */
    @Override
    public String toString() {
        return vendor + "-" + name;
    }
}
