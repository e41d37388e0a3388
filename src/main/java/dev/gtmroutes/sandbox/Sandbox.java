// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.gtmroutes.sandbox.bulk.BulkJobHandlers;
import dev.gtmroutes.sandbox.bulk.BulkJobSettings;
import dev.gtmroutes.sandbox.bulk.SimulatedBulkJobs;
import dev.gtmroutes.sandbox.catalogue.Catalog;
import dev.gtmroutes.sandbox.catalogue.Vendor;
import dev.gtmroutes.sandbox.checks.AcceptedCredentials;
import dev.gtmroutes.sandbox.checks.Rates;
import dev.gtmroutes.sandbox.checks.RequestValidator;
import dev.gtmroutes.sandbox.checks.TokenRequests;
import dev.gtmroutes.sandbox.exports.Activities;
import dev.gtmroutes.sandbox.exports.ActivityHandler;
import dev.gtmroutes.sandbox.exports.Downloads;
import dev.gtmroutes.sandbox.exports.ExportFaults;
import dev.gtmroutes.sandbox.exports.ExportHandlers;
import dev.gtmroutes.sandbox.exports.ExportSettings;
import dev.gtmroutes.sandbox.exports.PageFaults;
import dev.gtmroutes.sandbox.exports.SandboxClock;
import dev.gtmroutes.sandbox.exports.SimulatedExports;
import dev.gtmroutes.sandbox.faults.CarriedOut;
import dev.gtmroutes.sandbox.faults.Misbehaviour;
import dev.gtmroutes.sandbox.faults.Misbehaviours;
import dev.gtmroutes.sandbox.lists.CustomerlyLists;
import dev.gtmroutes.sandbox.lists.ListControl;
import dev.gtmroutes.sandbox.lists.NeutralLists;
import dev.gtmroutes.sandbox.lists.OffsetLists;
import dev.gtmroutes.sandbox.lists.SalesloftLists;
import dev.gtmroutes.sandbox.lists.SimulatedLists;
import dev.gtmroutes.sandbox.server.ControlRequests;
import dev.gtmroutes.sandbox.server.Handler;
import dev.gtmroutes.sandbox.server.RecordedRequest;
import dev.gtmroutes.sandbox.server.Replies;
import dev.gtmroutes.sandbox.server.RequestJournal;
import dev.gtmroutes.sandbox.server.SandboxPages;
import dev.gtmroutes.sandbox.server.Server;
import dev.gtmroutes.sandbox.server.Summary;
import dev.gtmroutes.sandbox.server.VendorRequests;
import io.vertx.core.http.HttpServerRequest;

/**
 * A strict stand-in for the vendors, on the loopback interface. It checks every request as the vendor would, keeps
 * what it received, and misbehaves when told to. Which vendors and endpoints there are is data, under
 * {@code sandbox/} in the resources. Any number can run in one JVM; all methods may be called from any thread.
 */
public final class Sandbox implements AutoCloseable {

    private final Server server = new Server();
    private final RequestJournal journal = new RequestJournal();
    private final Catalog catalog;
    private final AcceptedCredentials credentials;
    private final Misbehaviours misbehaviours;
    private final Rates rates = new Rates(System::nanoTime);
    private final SandboxClock clock = new SandboxClock();
    private final Activities activities = new Activities(clock);
    private final SimulatedExports exports = new SimulatedExports(clock, activities);
    private final Downloads downloads = new Downloads();
    private final SimulatedBulkJobs bulkJobs = new SimulatedBulkJobs(clock);
    private final SimulatedLists lists = new SimulatedLists(clock);
    private final ExportFaults exportFaults = new ExportFaults();
    private final PageFaults pageFaults = new PageFaults();
    private final CarriedOut carriedOut = new CarriedOut();
    private final VendorRequests vendorRequests;
    private final TokenRequests tokenRequests;
    private final ControlRequests controlRequests;

    private Sandbox(Catalog catalog) {
        Replies replies = new Replies(server.vertx());
        this.catalog = catalog;
        this.credentials = new AcceptedCredentials(catalog);
        this.misbehaviours = new Misbehaviours(catalog);
        this.vendorRequests = new VendorRequests(catalog, new RequestValidator(credentials, rates, plays()), rates,
                misbehaviours, journal, carriedOut, replies);
        this.tokenRequests = new TokenRequests(catalog, credentials, misbehaviours, replies);
        this.controlRequests = new ControlRequests(new SandboxPages(catalog), journal, misbehaviours, carriedOut, exports,
                new ExportSettings(activities, exports, downloads, exportFaults), new BulkJobSettings(bulkJobs),
                new ListControl(lists),
                replies);
    }

    private Map<String, Handler> plays() {
        Map<String, Handler> plays = new HashMap<>(new ExportHandlers(exports, downloads, exportFaults).all());
        plays.put("activities", new ActivityHandler(activities, clock, pageFaults));
        plays.putAll(new BulkJobHandlers(bulkJobs).all());
        CustomerlyLists customerly = new CustomerlyLists(lists);
        plays.put("salesloft-list", new SalesloftLists(lists));
        plays.put("customerly-list", customerly);
        plays.put("customerly-one", customerly::one);
        plays.put("people-ai-list", new OffsetLists(lists));
        plays.put("neutral-list", new NeutralLists(lists));
        return plays;
    }

    /**
     * Starts one with the vendors this program knows.
     *
     * @param port 0 = any free one
     * @throws IllegalArgumentException when there can be no such port
     * @throws UncheckedIOException     when it cannot listen there; both messages are one line
     */
    public static Sandbox start(int port) {
        return start(port, Catalog.load());
    }

    static Sandbox start(int port, Catalog catalog) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("the port of the sandbox must be from 0 to 65535, not " + port);
        }
        Sandbox sandbox = new Sandbox(catalog);
        sandbox.server.listen(port, sandbox::handle);
        return sandbox;
    }

    private void handle(HttpServerRequest request) {
        String path = request.path() == null ? "" : request.path();
        if (ControlRequests.takes(path)) {
            controlRequests.handle(request, path);
        } else if (tokenRequests.takes(path)) {
            tokenRequests.handle(request, path);
        } else {
            vendorRequests.handle(request, path);
        }
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** Where it listens; a GET there says what it is. */
    public String url() {
        return "http://" + Server.LOOPBACK + ":" + port();
    }

    /** What to set as a vendor's base URL, such as {@code http://127.0.0.1:8089/people-ai/v0/public}. */
    public String baseUrl(String vendor) {
        return url() + catalog.vendor(vendor).root();
    }

    /** Makes a vendor accept this key instead of the one of its data; tokens it issued are accepted beside it. */
    public Sandbox accept(String vendor, String key) {
        credentials.accept(catalog.vendor(vendor), key);
        return this;
    }

    /**
     * What to set as the URL of a vendor's OAuth2 tokens, such as {@code http://127.0.0.1:8089/salesloft/oauth/token}.
     * It takes the grants client_credentials and refresh_token with client_id and client_secret in a form; each refresh
     * token works once.
     *
     * @throws IllegalArgumentException when the vendor has no such endpoint here, as the next three methods do
     */
    public String tokenUrl(String vendor) {
        return url() + issuer(vendor).tokenPath();
    }

    /** Makes the access tokens that are issued from now on expire after so many seconds; 0 = at once. */
    public Sandbox tokensExpireIn(String vendor, int seconds) {
        credentials.tokens(issuer(vendor)).expireIn(seconds);
        return this;
    }

    /** Makes a vendor refuse every access token it issued so far; its refresh tokens and its key keep working. */
    public Sandbox revokeTokens(String vendor) {
        credentials.tokens(issuer(vendor)).revoke();
        return this;
    }

    /** How many requests for tokens a vendor got since the start, refused ones too. They are in no other count. */
    public long tokenRequests(String vendor) {
        return credentials.tokens(issuer(vendor)).requests();
    }

    private Vendor issuer(String vendor) {
        Vendor issuer = catalog.vendor(vendor);
        if (issuer.oauth() == null) {
            throw new IllegalArgumentException("vendor " + vendor + " issues no tokens");
        }
        return issuer;
    }

    /** The activities that People.ai has, for its export jobs and its paged reads. */
    public Activities activities() {
        return activities;
    }

    /** People.ai's export jobs. */
    public SimulatedExports exports() {
        return exports;
    }

    /** Salesloft's bulk jobs. */
    public SimulatedBulkJobs bulkJobs() {
        return bulkJobs;
    }

    /** The lists that vendors let one read page by page, and those of no vendor in particular. */
    public SimulatedLists lists() {
        return lists;
    }

    /** How downloads from People.ai's export jobs go. */
    public Downloads downloads() {
        return downloads;
    }

    /** What People.ai's export API says and keeps otherwise than it should. */
    public ExportFaults exportFaults() {
        return exportFaults;
    }

    /** What People.ai's paged reads do otherwise than they should. */
    public PageFaults pageFaults() {
        return pageFaults;
    }

    /** Moves the time of jobs and activities forward; tokens and rate limits keep to the real one. */
    public Sandbox passTime(Duration time) {
        clock.pass(time);
        return this;
    }

    /** Sets the time of jobs and activities; it goes on from there. */
    public Sandbox setTime(Instant now) {
        clock.set(now);
        return this;
    }

    /** Adds a misbehaviour. */
    public Sandbox misbehave(Misbehaviour misbehaviour) {
        misbehaviours.add(misbehaviour);
        return this;
    }

    /** Makes every answer come this late, until it is set to 0 or cleared. */
    public Sandbox latencyMs(int ms) {
        misbehaviours.latencyMs(ms);
        return this;
    }

    /**
     * Makes a vendor enforce its rate limit: 429 to what is one too many.
     *
     * @throws IllegalArgumentException when the vendor has none of its own
     */
    public Sandbox limitRate(String vendor) {
        Vendor.RateLimit own = catalog.vendor(vendor).rateLimit();
        if (own.points() == 0) {
            throw new IllegalArgumentException("vendor " + vendor
                    + " has no rate limit. Give points and seconds");
        }
        return limitRate(vendor, own.points(), own.seconds());
    }

    /** Makes a vendor enforce this rate limit: at most so many points in any window of so many seconds. */
    public Sandbox limitRate(String vendor, int points, int seconds) {
        rates.limit(catalog.vendor(vendor), points, seconds);
        return this;
    }

    /** Lets every request through again. */
    public void unlimitRates() {
        rates.clear();
    }

    /** Begins to count for each record how often it is carried out; this attribute, {@code id} or {@code a.b}, names it. */
    public Sandbox countBy(String attribute) {
        carriedOut.countBy(attribute);
        return this;
    }

    /** How often the record of this name was carried out since {@link #countBy}. */
    public int carriedOut(String id) {
        return carriedOut.times(id);
    }

    /** The same for all records that were carried out at all. */
    public Map<String, Integer> carriedOut() {
        return carriedOut.all();
    }

    /** Behaves well again, without latency. */
    public void clearMisbehaviours() {
        misbehaviours.clear();
    }

    /** The newest requests, at most 1000, oldest first; the bodies of the oldest may be gone (64 MB together). */
    public List<RecordedRequest> requests() {
        return journal.requests();
    }

    /** Counts of every request. */
    public Summary summary() {
        return journal.summary();
    }

    /** Forgets requests and counts. */
    public void forgetRequests() {
        journal.forget();
        carriedOut.forget();
    }

    /**
     * Calls this for every request, with its body, before it is answered. It runs on the sandbox's only thread: a
     * slow one makes the sandbox slow.
     */
    public Sandbox onRequest(Consumer<RecordedRequest> listener) {
        vendorRequests.listen(listener);
        return this;
    }

    /** Stops listening and closes all connections; a second time does nothing. */
    @Override
    public void close() {
        server.close();
    }
}
