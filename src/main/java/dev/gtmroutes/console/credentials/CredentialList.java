// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.credentials;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import dev.gtmroutes.console.credentials.CredentialJson.SettingJson;
import dev.gtmroutes.credential.CredentialActivity;
import dev.gtmroutes.credential.CredentialName;
import dev.gtmroutes.credential.StoredCredentials;
import dev.gtmroutes.credential.TestedConnection;
import dev.gtmroutes.flow.Flows;
import dev.gtmroutes.flow.files.FlowFile;
import dev.gtmroutes.lint.flow.CredentialUse;
import dev.gtmroutes.lint.flow.VendorApi;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.kamelet.Parameter;
import dev.gtmroutes.lint.yaml.YamlFile;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotFoundException;
import org.apache.camel.CamelContext;
import org.eclipse.microprofile.config.Config;

/** The credentials that flows name, that settings give and that the program stores. */
@Singleton
public class CredentialList {

    private static final String DEFAULT = "default";

    private final Flows flows;
    private final Config settings;
    private final CamelContext camel;
    private final CredentialTests tests;
    private final StoredCredentials stored;
    private final CredentialActivity activity;
    private volatile Uses uses = new Uses(List.of(), null, List.of());

    /** What flows use, as long as neither their files nor the Kamelets change: to read 500 of them takes its time. */
    private record Uses(List<FlowFile> files, Kamelets kamelets, List<CredentialUse> all) {
    }

    CredentialList(Flows flows, Config settings, CamelContext camel, CredentialTests tests) {
        this.flows = flows;
        this.settings = settings;
        this.camel = camel;
        this.tests = tests;
        this.stored = StoredCredentials.of(camel);
        this.activity = CredentialActivity.of(camel);
    }

    /** By vendor, the default one first. */
    public List<CredentialJson> all() {
        Kamelets kamelets = flows.kamelets();
        List<CredentialUse> all = uses(kamelets);
        List<CredentialJson> found = new ArrayList<>();
        for (VendorApi api : VendorApi.all(kamelets)) {
            names(api, all).forEach(name -> found.add(one(api, name, all)));
        }
        return found;
    }

    /** @throws NotFoundException if there is no such credential */
    CredentialJson find(String vendor, String name) {
        return all().stream().filter(each -> each.vendor().equals(vendor) && each.name().equals(name)).findFirst()
                .orElseThrow(() -> new NotFoundException("There is no credential with this vendor and name."));
    }

    /** All vendor APIs. */
    List<VendorApi> apis() {
        return VendorApi.all(flows.kamelets());
    }

    /** @throws NotFoundException if there is no such vendor API */
    VendorApi api(String vendor) {
        return apis().stream().filter(each -> each.name().equals(vendor)).findFirst()
                .orElseThrow(() -> new NotFoundException("There is no vendor with this name."));
    }

    /** The ways in which a vendor API lets somebody in, as its settings are. */
    List<CredentialKind> kinds(VendorApi api) {
        String prefix = api.kamelet().parameter("credentialPrefix").map(Parameter::defaultValue)
                .map(camel::resolvePropertyPlaceholders).orElse("unknown");
        return CredentialKind.of(api, prefix);
    }

    /** The flows that use stored values of this credential, by whatever API of the vendor. */
    Set<String> flowsOf(CredentialName name) {
        Set<String> apis = apis().stream().filter(each -> each.settings().equals(name.vendor())).map(VendorApi::name)
                .collect(Collectors.toSet());
        return uses(flows.kamelets()).stream().filter(each -> apis.contains(each.api())
                && each.credential().equals(name.name())).map(CredentialUse::flow)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<CredentialUse> uses(Kamelets kamelets) {
        List<FlowFile> files = flows.files();
        Uses known = uses;
        if (known.kamelets != kamelets || !known.files.equals(files)) {
            known = new Uses(files, kamelets, CredentialUse.in(
                    files.stream().map(each -> YamlFile.read(each.path())).toList(), kamelets));
            uses = known;
        }
        return known.all;
    }

    private CredentialJson one(VendorApi api, String name, List<CredentialUse> uses) {
        List<CredentialKind> kinds = kinds(api);
        Set<String> names = CredentialKind.names(kinds);
        CredentialName its = new CredentialName(api.settings(), name);
        CredentialPlace place = place(api, name, names);
        Set<String> kept = stored.fields(its).stream().filter(names::contains).collect(Collectors.toSet());
        Set<String> here = place.isLocked()
                ? names.stream().filter(each -> isSet(api, name, each)).collect(Collectors.toSet()) : kept;
        if (!place.isLocked() && !here.isEmpty()) {
            place = CredentialPlace.CONSOLE;
        }
        CredentialActivity.Known known = activity.of(api.route(name));
        TestedConnection test = tests.last(api.route(name));
        CredentialState state = here.isEmpty() ? stored.problem() == null ? CredentialState.NO_VALUE
                : CredentialState.UNREADABLE : state(known, test);
        return new CredentialJson(api.name(), api.title(), name, CredentialKind.fitting(kinds, here)
                .map(CredentialKind::title).orElse(""), state, detail(state, known, test), place,
                !kept.isEmpty(),
                names.stream().sorted().map(each -> new SettingJson(its.settings() + each, here.contains(each))).toList(),
                uses.stream().filter(each -> each.api().equals(api.name()) && each.credential().equals(name))
                        .map(CredentialUse::flow).distinct().toList(),
                known.success(), test);
    }

    private static CredentialState state(CredentialActivity.Known known, TestedConnection test) {
        if (known.refused() != null) {
            return CredentialState.REFUSED;
        }
        boolean failed = test != null && !test.works()
                && (known.success() == null || known.success().isBefore(test.at()));
        return failed ? CredentialState.TEST_FAILED
                : known.success() != null ? CredentialState.ACCEPTED : CredentialState.NOT_TESTED;
    }

    private String detail(CredentialState state, CredentialActivity.Known known, TestedConnection test) {
        return switch (state) {
            case REFUSED -> known.reason();
            case TEST_FAILED -> test.detail();
            case UNREADABLE -> stored.problem();
            default -> "";
        };
    }

    private Set<String> names(VendorApi api, List<CredentialUse> uses) {
        Set<String> names = new TreeSet<>((one, other) -> one.equals(other) ? 0
                : one.equals(DEFAULT) ? -1 : other.equals(DEFAULT) ? 1 : one.compareTo(other));
        names.add(DEFAULT);
        uses.stream().filter(each -> each.api().equals(api.name())).map(CredentialUse::credential).forEach(names::add);
        StreamSupport.stream(settings.getPropertyNames().spliterator(), false)
                .flatMap(each -> api.credentialIn(each.replaceFirst("-file$", "")).stream()).forEach(names::add);
        stored.names().stream().filter(each -> each.vendor().equals(api.settings())
                && CredentialKind.names(kinds(api)).stream().anyMatch(stored.fields(each)::contains))
                .map(CredentialName::name).forEach(names::add);
        return names;
    }

    private CredentialPlace place(VendorApi api, String name, Set<String> settings) {
        return CredentialPlace.of(api.secrets().stream().filter(each -> settings.contains(VendorApi.setting(each)))
                .flatMap(each -> places(api, name, each.name(),
                        VendorApi.setting(each)).stream())
                .toList(), this::source);
    }

    private boolean isSet(VendorApi api, String name, String setting) {
        return api.secrets().stream().filter(each -> VendorApi.setting(each).equals(setting))
                .anyMatch(each -> CredentialPlace.of(places(api, name, each.name(), setting),
                        this::source) != CredentialPlace.NONE);
    }

    private static List<String> places(VendorApi api, String name, String parameter, String setting) {
        return List.of(new CredentialName(api.settings(), name).settings() + setting,
                api.camelSettings() + api.route(name) + "." + parameter, api.camelSettings() + parameter);
    }

    private String source(String setting) {
        return Optional.of(settings.getConfigValue(setting))
                .filter(each -> each.getValue() != null && !each.getValue().isBlank())
                .map(each -> each.getSourceName()).orElse(null);
    }
}
