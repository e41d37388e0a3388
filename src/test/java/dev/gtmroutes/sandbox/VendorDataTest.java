// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gtmroutes.sandbox.catalogue.Catalog;
import dev.gtmroutes.sandbox.catalogue.Vendor;
import dev.gtmroutes.sandbox.server.RecordedRequest;
import dev.gtmroutes.sandbox.server.Summary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything a vendor's data file can say, with a vendor that does not exist. */
class VendorDataTest {

    private static final String ACME = """
            {
              "name": "acme", "title": "Acme", "basePath": "/v1", "maxBodyBytes": 1000,
              "credential": {"sentAs": [{"header": "Authorization", "prefix": "Bearer "}, {"header": "X-Token"}],
                             "key": "acme-key", "status": 500,
                             "body": {"error": {"message": "${message}", "code": "${status}"}}},
              "errors": {"default": {"error": "${message}"}, "422": {"errors": {"${field}": ["${message}"]}}},
              "answer": {"status": 201, "body": {"data": {"count": "${accepted}"}}},
              "endpoints": [
                {"name": "add",    "method": "POST",   "path": "/users",
                 "takes": {"body": "object", "required": ["id", "at"]}},
                {"name": "remove", "method": "DELETE", "path": "/users",
                 "takes": {"body": "none", "query": ["user_id"], "optionalQuery": ["why"]}, "answer": {"status": 204}},
                {"name": "change", "method": "PUT",    "path": "/users/{user_id}", "takes": {"body": "object"}},
                {"name": "me",     "method": "PUT",    "path": "/users/me", "takes": {"body": "none"}},
                {"name": "tag",    "method": "PUT",    "path": "/users/{user_id}/tags/{tag}",
                 "takes": {"body": "none"}},
                {"name": "tags",   "method": "PUT",    "path": "/users/{user_id}/tags/all", "takes": {"body": "none"}},
                {"name": "many",   "method": "POST",   "path": "/bulk",
                 "takes": {"body": "array", "at": "data", "maxItems": 3, "required": ["id"]}}
              ]
            }
            """;

    private Sandbox sandbox;

    @BeforeEach
    void start() throws IOException {
        sandbox = Sandbox.start(0, new Catalog(List.of(vendor(ACME))));
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void takesACredentialWithAPrefixAndRefusesInTheVendorsOwnForm() {
        assertThat(send("POST", "/users", "{\"id\":1,\"at\":2}", "Bearer acme-key").statusCode()).isEqualTo(201);

        HttpResponse<String> refused = send("POST", "/users", "{}", "acme-key");
        assertThat(refused.statusCode()).isEqualTo(500);
        assertThat(refused.body())
                .isEqualTo("{\"error\":{\"message\":\"the credential is missing or wrong\",\"code\":500}}");

        assertThat(Caller.send(HttpRequest.newBuilder(URI.create(sandbox.baseUrl("acme") + "/users/me"))
                .header("Authorization", "Basic x").header("X-Token", "acme-key").PUT(BodyPublishers.noBody()))
                .statusCode()).isEqualTo(201);

        sandbox.accept("acme", "other");
        assertThat(send("POST", "/users", "{\"id\":1,\"at\":2}", "Bearer other").statusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{'id':1}             | {'errors':{'at':['the body lacks the required attribute 'at'']}}",
            "{'at':{},'id':null}  | {'errors':{'id':['the body lacks the required attribute 'id'']}}",
            "{'x':{'id':1,'at':1}} | {'errors':{'id':['the body lacks the required attribute 'id'']}}",
            "{'at':1,'id':''}     | {'errors':{'id':['the body lacks the required attribute 'id'']}}",
            "[]                   | {'errors':{'body':['the body is an array, not an object']}}",
    })
    void requiresAttributes(String body, String answer) {
        HttpResponse<String> response = send("POST", "/users", body.replace('\'', '"'));

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body().replace('"', '\'')).isEqualTo(answer);
    }

    @Test
    void acceptsRequiredAttributesInAnyOrderAmongOthers() {
        assertThat(send("POST", "/users", "{\"x\":[{\"id\":null}],\"at\":false,\"id\":\" \"}").body())
                .isEqualTo("{\"data\":{\"count\":1}}");
    }

    @Test
    void requiresQueryParametersAndNoBody() {
        assertThat(send("DELETE", "/users?user_id=7&why=", "").statusCode()).isEqualTo(204);
        assertThat(send("DELETE", "/users", "").body())
                .isEqualTo("{\"errors\":{\"user_id\":[\"the query parameter 'user_id' is missing\"]}}");
        assertThat(send("DELETE", "/users?user_id=", "").statusCode()).isEqualTo(422);
        assertThat(send("DELETE", "/users?user_id=7", "{}").body())
                .isEqualTo("{\"errors\":{\"body\":[\"this endpoint accepts no body\"]}}");
        assertThat(sandbox.summary().endpoint("remove")).isEqualTo(new Summary.Count(4, 1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "DELETE | /users?user_id=7&x=1       | x       | unknown query parameter 'x'",
            "DELETE | /users?user_id=7&User_id=7 | User_id | unknown query parameter 'User_id'",
            "DELETE | /users?USER_ID=7           | user_id | the query parameter 'user_id' is missing",
            "DELETE | /users?user_id=7&user_id=8 | user_id | the query parameter 'user_id' is there more than once",
            "PUT    | /users/me?x                | x       | unknown query parameter 'x'",
    })
    void refusesOtherQueryParameters(String method, String path, String field, String why) {
        HttpResponse<String> response = send(method, path, "");

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(Caller.json(response).at("/errors/" + field + "/0").textValue()).isEqualTo(why);
    }

    @Test
    void refusesAQueryThatIsNotPercentEncoded() throws Exception {
        String answer = RawSocket.exchange(sandbox.port(), "DELETE /acme/v1/users?user_id=%zz HTTP/1.0\r\n"
                + "Authorization: Bearer acme-key\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.0 400").contains("the query is not percent-encoded");
    }

    @ParameterizedTest
    @CsvSource({
            "/users/7, change", "/users/a%2Fb%20c, change", "/users/me, me", "/users/7/tags/x, tag",
            "/users/7/tags/all, tags", "/users/, ", "/users//tags/x, ", "/users/7/tags, ", "/users/7/tags/x/y, ",
    })
    void findsTheEndpointOfAPath(String path, String endpoint) {
        send("PUT", path, "");

        assertThat(sandbox.requests()).extracting(RecordedRequest::endpoint).containsExactly(endpoint);
    }

    @Test
    void namesAllMethodsOfAPath() {
        HttpResponse<String> response = send("PATCH", "/users", "");

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue("DELETE, POST");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{'data':[{'id':1},{'id':2}],'x':[1]} | 201 | {'data':{'count':2}}",
            "{'data':[{'id':1},{}]} | 422 | {'errors':{'id':['element 1 lacks the required attribute 'id'']}}",
            "{'data':[]}  | 422 | {'errors':{'data':['the array is empty; it must have 1 to 3 elements']}}",
            "{'data':{}}  | 422 | {'errors':{'data':['the attribute 'data' is an object, not an array']}}",
            "{'x':[{}]}   | 422 | {'errors':{'data':['the body lacks the required attribute 'data'']}}",
            "[{'id':1}]   | 422 | {'errors':{'body':['the body is an array, not an object']}}",
    })
    void takesRecordsInAWrapper(String body, int status, String answer) {
        HttpResponse<String> response = send("POST", "/bulk", body.replace('\'', '"'));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body().replace('"', '\'')).isEqualTo(answer);
    }

    @Test
    void hasItsOwnLimitOfABody() {
        assertThat(send("PUT", "/users/7", "{\"a\":\"" + "x".repeat(1000) + "\"}").body())
                .isEqualTo("{\"error\":\"the body is longer than 1000 bytes\"}");
    }

    @Test
    void refusesDataThatIsIncomplete() {
        assertThatThrownBy(() -> vendor(ACME.replace("\"maxItems\": 3,", "")))
                .hasMessageContaining("endpoint many has an array and requires maxItems");
        assertThatThrownBy(() -> vendor(ACME.replace("\"default\"", "\"other\"")))
                .hasMessageContaining("vendor acme requires errors.default");
        assertThatThrownBy(() -> vendor(ACME.replace("\"/bulk\"", "\"bulk\"")))
                .hasMessageContaining("a path must begin with '/': bulk");
        assertThatThrownBy(() -> vendor(ACME.replace("optionalQuery", "otherQuery")))
                .hasMessageContaining("otherQuery");
        assertThatThrownBy(() -> vendor(ACME.replace("\"body\": \"none\", ", "")))
                .hasMessageContaining("endpoint remove requires a body: none, object or array");
        assertThatThrownBy(() -> vendor(ACME.replace("\"takes\": {\"body\": \"none\"}", "\"takes\": []")))
                .hasMessageContaining("an endpoint requires name, method, path and takes: me");
    }

    @Test
    void runsBesideOthers() throws IOException {
        try (Sandbox other = Sandbox.start(0)) {
            new Caller(other).put(Caller.CALL, "{}");

            assertThat(other.port()).isNotEqualTo(sandbox.port());
            assertThat(other.summary().accepted()).isEqualTo(1);
            assertThat(sandbox.summary().requests()).isZero();
        }
    }

    private HttpResponse<String> send(String method, String path, String body) {
        return send(method, path, body, "Bearer acme-key");
    }

    private HttpResponse<String> send(String method, String path, String body, String credential) {
        return Caller.send(HttpRequest.newBuilder(URI.create(sandbox.baseUrl("acme") + path))
                .header("Authorization", credential)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
    }

    private static Vendor vendor(String json) throws IOException {
        return new JsonMapper().readValue(json, Vendor.class);
    }
}
