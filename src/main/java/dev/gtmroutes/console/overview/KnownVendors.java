// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.overview;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.gtmroutes.console.state.VendorMark;
import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.flow.FlowStatus;
import dev.gtmroutes.lint.flow.VendorApi;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.kamelet.Parameter;

/** The vendors whose APIs the Kamelets know: their names, and where their APIs are. */
final class KnownVendors {

    private static final String ENDING = "-sink";
    private static final String BASE_URL = "baseUrl";
    private static final String DEFAULT = "default";
    private static final Pattern SETTING = Pattern.compile("[a-z][\\w-]*(?:\\.[\\w-]+)+");

    private final Kamelets known;
    private final Map<String, VendorMark> byTitle = new TreeMap<>();
    private final Map<String, VendorApi> apis = new LinkedHashMap<>();

    KnownVendors(Kamelets known) {
        this.known = known;
        for (VendorApi each : VendorApi.all(known)) {
            apis.put(each.name(), each);
            byTitle.computeIfAbsent(title(each), title -> VendorMark.of(title, known));
        }
    }

    private static String title(VendorApi api) {
        return VendorMark.vendor(api.kamelet());
    }

    /** The vendor of a flow's first destination; null if it delivers elsewhere, or is not loaded. */
    VendorMark of(FlowStatus flow) {
        return flow.destinations().stream().map(DestinationStatus::template)
                .map(each -> known.find(each + ENDING).map(VendorMark::vendor).map(byTitle::get).orElse(null))
                .filter(each -> each != null).findFirst().orElse(null);
    }

    /**
     * Where the APIs of each vendor are.
     *
     * @param resolve gives a text with the values of settings in the place of their names
     * @return the base URLs by vendor, in the order of their titles
     */
    Map<VendorMark, Set<String>> baseUrls(UnaryOperator<String> resolve) {
        Map<VendorMark, Set<String>> urls = new LinkedHashMap<>();
        byTitle.values().forEach(each -> urls.put(each, new TreeSet<>()));
        apis.values().forEach(each -> baseUrl(each, resolve).ifPresent(urls.get(byTitle.get(title(each)))::add));
        return urls;
    }

    /**
     * A credential that a flow needs.
     *
     * @param api    name of its API
     * @param vendor whose it is
     * @param name   {@code default} for the one without a name
     */
    record NeededCredential(String api, VendorMark vendor, String name) {

        /** For people. */
        String title() {
            return "The " + vendor.title() + " credential" + (name.equals(DEFAULT) ? "" : " “" + name + "”");
        }
    }

    /** The credential whose setting a flow cannot be loaded without. @param reason why the flow is not loaded */
    Optional<NeededCredential> missing(String reason) {
        return SETTING.matcher(reason).results().map(MatchResult::group)
                .flatMap(setting -> apis.values().stream().flatMap(api -> named(api, setting).stream())).findFirst();
    }

    private Optional<NeededCredential> named(VendorApi api, String setting) {
        boolean isDefault = api.secrets().stream()
                .anyMatch(each -> setting.equals(api.settings() + "." + VendorApi.setting(each)));
        return (isDefault ? Optional.of(DEFAULT) : api.credentialIn(setting))
                .map(each -> new NeededCredential(api.name(), byTitle.get(title(api)), each));
    }

    /** Where an API is; empty if its Kamelet does not say so. */
    static Optional<String> baseUrl(VendorApi api, UnaryOperator<String> resolve) {
        return api.kamelet().parameter(BASE_URL).map(Parameter::defaultValue).map(resolve);
    }
}
