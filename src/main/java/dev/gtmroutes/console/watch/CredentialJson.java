// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.watch;

import java.util.List;

import dev.gtmroutes.credential.TestedConnection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A credential for the API of a vendor. Nothing here says what its values are.
 *
 * @param vendor   such as {@code people-ai}; the API that exports come from is {@code people-ai-pull}
 * @param title    of the API, for people
 * @param name     as flows name it; {@code default} where they name none
 * @param settings those that can make it up
 * @param flows    ids of the flows that use it
 * @param lastTest what came of it when it was last tried; null if it was not, since the program's start
 */
@Schema(name = "Credential")
public record CredentialJson(String vendor, String title, String name, List<SettingJson> settings, List<String> flows,
        TestedConnection lastTest) {

    /** A setting, and whether it has a value. */
    @Schema(name = "CredentialSetting")
    public record SettingJson(String name, boolean isSet) {
    }

    /** Whether any of it is set. */
    public boolean anySet() {
        return settings.stream().anyMatch(SettingJson::isSet);
    }
}
