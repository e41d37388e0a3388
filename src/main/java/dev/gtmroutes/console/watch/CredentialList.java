// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;

import dev.gtmroutes.console.watch.CredentialJson.SettingJson;
import dev.gtmroutes.credential.ConnectionTest;
import dev.gtmroutes.credential.TestedConnection;
import dev.gtmroutes.flow.Flows;
import dev.gtmroutes.lint.flow.CredentialUse;
import dev.gtmroutes.lint.flow.VendorApi;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.yaml.YamlFile;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import org.apache.camel.CamelContext;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** The credentials that flows name or settings give, and whether they work. */
@Singleton
public class CredentialList {

    private static final Logger LOG = Logger.getLogger(CredentialList.class);
    private static final String DEFAULT = "default";

    private final Flows flows;
    private final Config settings;
    private final ConnectionTest test;
    private final Map<String, TestedConnection> lastTests = new ConcurrentHashMap<>();
    private final Set<String> underTest = ConcurrentHashMap.newKeySet();

    CredentialList(Flows flows, Config settings, CamelContext camel) {
        this.flows = flows;
        this.settings = settings;
        this.test = new ConnectionTest(camel);
    }

    /** By vendor, the default one first. */
    public List<CredentialJson> all() {
        Kamelets kamelets = flows.kamelets();
        List<CredentialUse> uses = CredentialUse.in(
                flows.files().stream().map(each -> YamlFile.read(each.path())).toList(), kamelets);
        List<CredentialJson> all = new ArrayList<>();
        for (VendorApi api : VendorApi.all(kamelets)) {
            for (String name : names(api, uses)) {
                all.add(new CredentialJson(api.name(), api.title(), name, settings(api, name), uses.stream()
                        .filter(each -> each.api().equals(api.name()) && each.credential().equals(name))
                        .map(CredentialUse::flow).distinct().toList(), lastTests.get(api.route(name))));
            }
        }
        return all;
    }

    /**
     * Tries one; that may take a minute.
     *
     * @throws NotFoundException    if there is no such credential
     * @throws ClientErrorException 409 while it is being tried
     */
    public TestedConnection test(String vendor, String name) throws InterruptedException {
        if (all().stream().noneMatch(each -> each.vendor().equals(vendor) && each.name().equals(name))) {
            throw new NotFoundException("There is no credential with this vendor and name.");
        }
        VendorApi api = VendorApi.all(flows.kamelets()).stream().filter(each -> each.name().equals(vendor)).findFirst()
                .orElseThrow(NotFoundException::new);
        String route = api.route(name);
        if (!underTest.add(route)) {
            throw new ClientErrorException("A test of this credential is running. Wait until it "
                    + "ends.", Response.Status.CONFLICT);
        }
        try {
            TestedConnection result = run(api, name);
            lastTests.put(route, result);
            LOG.infof("Connection of %s: %s", route, result.works() ? "works" : result.detail());
            return result;
        } finally {
            underTest.remove(route);
        }
    }

    /** What came of it when it was last tried; null if it was not, since the program's start. */
    public TestedConnection lastTest(VendorApi api, String name) {
        return lastTests.get(api.route(name));
    }

    /** Whether any of its settings has a value. */
    public boolean isSet(VendorApi api, String name) {
        return settings(api, name).stream().anyMatch(SettingJson::isSet);
    }

    private TestedConnection run(VendorApi api, String name) throws InterruptedException {
        try {
            flows.share(api.endpoint(name));
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return test.impossible(e);
        }
        return test.run(api.endpoint(name), api.test());
    }

    private Set<String> names(VendorApi api, List<CredentialUse> uses) {
        Set<String> names = new TreeSet<>((one, other) -> one.equals(other) ? 0
                : one.equals(DEFAULT) ? -1 : other.equals(DEFAULT) ? 1 : one.compareTo(other));
        names.add(DEFAULT);
        uses.stream().filter(each -> each.api().equals(api.name())).map(CredentialUse::credential).forEach(names::add);
        StreamSupport.stream(settings.getPropertyNames().spliterator(), false)
                .flatMap(each -> api.credentialIn(each).stream()).forEach(names::add);
        return names;
    }

    private List<SettingJson> settings(VendorApi api, String name) {
        return api.secrets().stream().map(each -> {
            String setting = api.settings() + (name.equals(DEFAULT) ? "." : "." + name + ".") + VendorApi.setting(each);
            boolean set = isSet(setting) || isSet(api.camelSettings() + api.route(name) + "." + each.name())
                    || isSet(api.camelSettings() + each.name());
            return new SettingJson(setting, set);
        }).toList();
    }

    private boolean isSet(String setting) {
        return settings.getOptionalValue(setting, String.class).filter(each -> !each.isBlank()).isPresent();
    }
}
