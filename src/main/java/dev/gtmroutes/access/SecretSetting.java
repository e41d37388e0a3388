// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.access;

import java.nio.file.Path;
import java.util.Optional;

import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.credential.token.TokenFile;
import org.eclipse.microprofile.config.Config;

/**
 * A secret of the program itself, in a setting or in a file that another setting names. The file is read each time, so
 * that a secret that is rotated counts at once.
 *
 * @param name name of the setting with the secret
 * @param file name of the setting with the path
 * @param secrets learns what the file contains
 */
record SecretSetting(Config settings, String name, String file, Secrets secrets) {

    /** Whether one of the two settings has a value. */
    boolean isSet() {
        return given(name).isPresent() || given(file).isPresent();
    }

    /**
     * @return empty if none of the two settings has a value
     * @throws IllegalArgumentException if both have one, or if the file contains no secret; the message is one sentence
     */
    Optional<String> value() {
        Optional<String> path = given(file);
        if (path.isPresent() && given(name).isPresent()) {
            throw new IllegalArgumentException(name + " and " + file + " are set. Remove one of the two");
        }
        if (path.isEmpty()) {
            return given(name);
        }
        String secret = new TokenFile(Path.of(path.get()), file).read();
        secrets.addFrom(file, secret);
        return Optional.of(secret);
    }

    /** The setting that a person has to change. */
    String used() {
        return given(file).isPresent() ? file : name;
    }

    private Optional<String> given(String setting) {
        return settings.getOptionalValue(setting, String.class).map(String::strip).filter(each -> !each.isEmpty());
    }
}
