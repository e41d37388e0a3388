// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.credentials;

import java.time.Instant;
import java.util.List;

import dev.gtmroutes.credential.TestedConnection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A credential for the API of a vendor. Nothing here says what its values are.
 *
 * @param vendor      such as {@code people-ai}; the API that exports come from is {@code people-ai-pull}
 * @param title       of the API, for people
 * @param name        as flows name it; {@code default} where they name none
 * @param kind        such as API key; empty if it has no value
 * @param state       whether it works
 * @param detail      why it does not, one line; empty if it does
 * @param storedIn    where its values are from
 * @param isStored    whether the program stores values of it, which are not used if settings give any
 * @param settings    those that can make it up
 * @param flows       ids of the flows that use it
 * @param lastSuccess when a request with it last succeeded; null if none did, since the program's start
 * @param lastTest    what came of it when it was last tested; null if it was not, since the program's start
 */
@Schema(name = "Credential")
public record CredentialJson(String vendor, String title, String name, String kind, CredentialState state, String detail,
        CredentialPlace storedIn, boolean isStored, List<SettingJson> settings, List<String> flows, Instant lastSuccess,
        TestedConnection lastTest) {

    /** A setting, and whether it has a value. */
    @Schema(name = "CredentialSetting")
    public record SettingJson(String name, boolean isSet) {
    }

    /** Whether any of it is set. */
    public boolean anySet() {
        return settings.stream().anyMatch(SettingJson::isSet);
    }

    /** The status of the response that refused it, for people; empty if there is none. */
    public String refusedWith() {
        String status = detail.replaceFirst("(?s).* refused the credential[^(]*\\((\\d{3})\\).*", "$1");
        return state == CredentialState.REFUSED && status.length() == 3 ? " (" + status + ")" : "";
    }
}
