// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.sandbox.catalogue.Catalog;
import dev.gtmroutes.sandbox.catalogue.Vendor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is particular to one vendor: its credential, its answers, and what its own forms want. */
class VendorsTest {

    private static Sandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(0);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({
            "customerly, Authentication, Bearer sandbox-token,       200",
            "customerly, Authorization,  Bearer sandbox-token,       200",
            "customerly, Authentication, AccessToken: sandbox-token, 200",
            "customerly, Authorization,  AccessToken: sandbox-token, 500",
            "customerly, Authentication, sandbox-token,              500",
            "customerly, X-API-Key,      sandbox-token,              500",
            "customerly, Authentication, bearer sandbox-token,       500",
            "salesloft,  Authorization,  Bearer sandbox-token,       200",
            "salesloft,  Authentication, Bearer sandbox-token,       401",
            "salesloft,  Authorization,  sandbox-token,              401",
    })
    void takesACredentialInItsPlaceOnly(String vendor, String header, String value, int status) {
        String path = vendor.equals("customerly") ? "/users" : "/account_upserts";

        assertThat(post(vendor, path, "{\"user_id\":1,\"name\":\"A\"}", header, value).statusCode())
                .isEqualTo(status);
    }

    @Test
    void takesTheKeyItWasGiven() {
        try (Sandbox other = Sandbox.start(0).accept("customerly", "c-key").accept("salesloft", "s-key")) {
            for (Vendor vendor : new Catalog(Catalog.load().vendors().subList(1, 3)).vendors()) {
                HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(other.baseUrl(vendor.name()) + "/x"));
                String own = "Bearer " + vendor.name().charAt(0) + "-key";
                int bad = vendor.credential().status();
                assertThat(Caller.send(request.copy().header("Authorization", own)).statusCode()).isEqualTo(404);
                assertThat(Caller.send(request.header("Authorization", "Bearer sandbox-token")).statusCode())
                        .isEqualTo(bad);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "customerly | /users          | {'user_id':1}              | {'success':true}",
            "salesloft  | /accounts       | {'name':'A'}               | {'data':{'id':1}}",
            "salesloft  | /bulk_jobs/1/job_data | {'data':[{},{},{}]}  | {'data':{'records':3}}",
            "customerly | /users          | {}"
                    + " | {'error':{'message':'the body lacks the required attribute 'user_id'','code':422}}",
            "salesloft  | /accounts       | {}  | {'errors':{'name':['the body lacks the required attribute 'name'']}}",
            "salesloft  | /nowhere        | {}  | {'error':'the sandbox knows no endpoint with this path'}",
    })
    void answersInItsOwnForm(String vendor, String path, String body, String answer) {
        assertThat(post(vendor, path, body).body().replace('"', '\'')).isEqualTo(answer);
    }

    @Test
    void answersADeletedAccountWithNothing() {
        HttpResponse<String> response = Caller.send(HttpRequest
                .newBuilder(URI.create(sandbox.baseUrl("salesloft") + "/accounts/5"))
                .header("Authorization", "Bearer sandbox-token").DELETE());

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "customerly | /users    | {'users':[{'email':'a@x.com'},{'user_id':1}]}"
                    + " | element 1 lacks the required attribute 'email'",
            "customerly | /users    | {'users':{'email':'a@x.com'}}  | the attribute 'users' is an object, not an array",
            "customerly | /leads    | {'leads':[{'name':'A'}]}       | element 0 lacks the required attribute 'email'",
            "customerly | /leads    | {'leads':[]}                   | the array is empty; it must have 1 to 1000 elements",
            "customerly | /users/add-attributes/1 | {'attributes':7}"
                    + " | the attribute 'attributes' is a number, not an object",
            "customerly | /tags     | {'tag':'vip','users':['u1']}   | the body lacks the required attribute 'name'",
            "customerly | /tags     | {'tag':'vip','users':[{}]}     | the body lacks the required attribute 'name'",
            "customerly | /messages | {'from':{'type':'admin','id':1},'to':{'type':'user'},'content':'x'}"
                    + " | the body lacks the required attribute 'user_id'",
            "customerly | /messages | {'from':{'type':'bot','id':1},'to':{'type':'user','id':1},'content':'x'}"
                    + " | the body lacks the required attribute 'user_id'",
            "salesloft  | /accounts | {'name':'A','company_stage_id':2} | the body lacks the required attribute 'domain'",
            "salesloft  | /accounts | {'name':'A','domain':'a.com','company_stage_id':2,'account_stage_id':2}"
                    + " | the attribute 'company_stage_id' belongs to another form of this request",
            "salesloft  | /bulk_jobs | {'type':'upsert'}             | the body lacks the required attribute 'target_type'",
            "salesloft  | /account_upserts | {'name':'A','upsert_key':'name'}"
                    + " | the attribute 'upsert_key' must be one of: id, crm_id, domain",
            "salesloft  | /cadence_memberships?person_id=1 | ``      | the query parameter 'cadence_id' is missing",
            "salesloft  | /cadence_memberships?person_id=1&cadence_id=2 | {'person_id':1,'cadence_id':2}"
                    + " | unknown query parameter 'person_id'",
    })
    void refusesWhatFitsNoneOfItsForms(String vendor, String path, String body, String why) {
        HttpResponse<String> response = post(vendor, path, body);

        assertThat(response.statusCode()).isEqualTo(422);
        JsonNode refusal = Caller.json(response);
        assertThat(vendor.equals("customerly") ? refusal.at("/error/message").textValue()
                : refusal.get("errors").iterator().next().get(0).textValue()).isEqualTo(why);
    }

    @Test
    void namesEveryVendorOnItsPages() {
        JsonNode index = new Caller(sandbox).look("/");
        post("customerly", "/users", "{\"user_id\":1}", "Authentication", "AccessToken: sandbox-token");
        JsonNode request = new Caller(sandbox).look("/sandbox/requests?limit=1").at("/requests/0");

        assertThat(index.at("/vendors/customerly/baseUrl").textValue()).isEqualTo(sandbox.url() + "/customerly/v1");
        assertThat(index.at("/vendors/customerly/endpoints").toString()).contains("DELETE /users?user_id={user_id}");
        assertThat(index.at("/vendors/salesloft/baseUrl").textValue()).isEqualTo(sandbox.url() + "/salesloft/v2");
        assertThat(index.at("/vendors")).allSatisfy(vendor -> assertThat(vendor.get("settings")).isNotEmpty());
        assertThat(request.get("endpoint").textValue()).isEqualTo("customerly-create-user");
        assertThat(request.get("headers").get("Authentication").textValue()).isEqualTo("***");
        assertThat(request.toString()).doesNotContain("sandbox-token");
    }

    private static HttpResponse<String> post(String vendor, String path, String body) {
        return post(vendor, path, body.replace('\'', '"'), "Authorization", "Bearer sandbox-token");
    }

    private static HttpResponse<String> post(String vendor, String path, String body, String header, String value) {
        return Caller.send(HttpRequest.newBuilder(URI.create(sandbox.baseUrl(vendor) + path))
                .header(header, value).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }
}
