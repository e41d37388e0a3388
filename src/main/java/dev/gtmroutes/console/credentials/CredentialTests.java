// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.credentials;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

import dev.gtmroutes.credential.ConnectionTest;
import dev.gtmroutes.credential.Credential;
import dev.gtmroutes.credential.StoredCredentials;
import dev.gtmroutes.credential.TestedConnection;
import dev.gtmroutes.flow.Flows;
import dev.gtmroutes.lint.flow.VendorApi;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response;
import org.apache.camel.CamelContext;
import org.jboss.logging.Logger;

/** Tests of credentials with a small read at their vendors, and what came of the last one of each. */
@Singleton
class CredentialTests {

    private static final Logger LOG = Logger.getLogger(CredentialTests.class);

    private final Flows flows;
    private final CamelContext camel;
    private final ConnectionTest test;
    private final Map<String, TestedConnection> last = new ConcurrentHashMap<>();
    private final Set<String> underTest = ConcurrentHashMap.newKeySet();

    CredentialTests(Flows flows, CamelContext camel) {
        this.flows = flows;
        this.camel = camel;
        this.test = new ConnectionTest(camel);
    }

    /** What came of the last test of a credential in use; null if there was none. */
    TestedConnection last(String route) {
        return last.get(route);
    }

    /** The credential is another one now. */
    void forget(String route) {
        last.remove(route);
    }

    /**
     * Tests a credential that is in use; that may take a minute.
     *
     * @throws ClientErrorException 409 while it is being tested
     */
    TestedConnection test(VendorApi api, String name) throws InterruptedException {
        StoredCredentials stored = StoredCredentials.of(camel);
        long revision = stored.revision();
        TestedConnection result = alone(api.route(name), () -> run(api.endpoint(name), api, null));
        // It says nothing about a credential that took its place meanwhile.
        last.compute(api.route(name), (route, before) -> stored.revision() == revision ? result : before);
        LOG.infof("Connection of %s: %s", api.route(name), result.works() ? "works" : result.detail());
        return result;
    }

    /**
     * Tests values that are not saved. The route of the credential may not exist yet; then the one of previews is used.
     *
     * @throws ClientErrorException 409 while others are being tested
     */
    TestedConnection trial(VendorApi api, String name, Map<String, String> values) throws InterruptedException {
        boolean isThere = camel.getRoute(api.route(name)) != null;
        return alone(api.name(), () -> run(api.endpoint(isThere ? name : Credential.NONE), api, values));
    }

    private TestedConnection run(String endpoint, VendorApi api, Map<String, String> values) throws InterruptedException {
        try {
            flows.share(endpoint);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return test.impossible(e);
        }
        return values == null ? test.run(endpoint, api.test()) : test.run(endpoint, api.test(), values);
    }

    private TestedConnection alone(String key, Callable<TestedConnection> run) throws InterruptedException {
        if (!underTest.add(key)) {
            throw new ClientErrorException("A test of this credential is running. Wait until it ends.",
                    Response.Status.CONFLICT);
        }
        try {
            return run.call();
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            underTest.remove(key);
        }
    }
}
