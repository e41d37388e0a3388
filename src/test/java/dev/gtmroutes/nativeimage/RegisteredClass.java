// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.nativeimage;

import java.util.HashSet;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/** What of a class a native image keeps for reflection. Several entries for a class add up. */
final class RegisteredClass {

    /** Nothing. */
    static final RegisteredClass NONE = new RegisteredClass();

    private final Set<String> flags = new HashSet<>();
    private final Set<String> members = new HashSet<>();

    /** @param json an entry of {@code reflect-config.json} */
    void add(JsonNode json) {
        json.fields().forEachRemaining(field -> {
            if (field.getValue().asBoolean()) {
                flags.add(field.getKey());
            }
        });
        json.path("methods").forEach(each -> members.add(each.path("name").asText()));
        json.path("fields").forEach(each -> members.add(each.path("name").asText()));
    }

    boolean hasMethod(String name) {
        return flags.contains("allDeclaredMethods") || flags.contains("allPublicMethods") || members.contains(name);
    }

    boolean hasConstructor() {
        return flags.contains("allDeclaredConstructors") || flags.contains("allPublicConstructors")
                || members.contains("<init>");
    }

    boolean hasField(String name) {
        return flags.contains("allDeclaredFields") || flags.contains("allPublicFields") || members.contains(name);
    }

    /** Whether everything that a class declares can be used, as Jackson needs it, and beans of YAML do. */
    boolean isWhole() {
        return flags.contains("allDeclaredConstructors") && flags.contains("allDeclaredMethods")
                && flags.contains("allDeclaredFields");
    }
}
