// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gtmroutes.sandbox.catalogue.Catalog;
import dev.gtmroutes.sandbox.catalogue.Vendor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything the data of an endpoint's forms can say, with an endpoint that takes four. */
class FormDataTest {

    private static final String ACME = """
            {
              "name": "acme", "basePath": "/v1", "maxBodyBytes": 1000,
              "credential": {"sentAs": {"header": "X-Key"}, "key": "acme-key", "status": 401, "body": {}},
              "errors": {"default": {"errors": {"${field}": ["${message}"]}}},
              "answer": {"status": 200, "body": {"data": {"count": "${accepted}"}}},
              "endpoints": [
                {"name": "write",  "method": "POST",   "path": "/letters", "takes": [
                  {"body": "object", "without": ["letter", "letters"], "required": ["from.id", "to[].id"],
                   "values": {"kind": ["air", "sea"], "from.type": ["*/*"]}},
                  {"body": "object", "at": "letter", "required": ["text"]},
                  {"body": "array", "at": "letters", "maxItems": 2, "required": ["text"]},
                  {"body": "none", "query": ["text"]}]}
              ]
            }
            """;

    private Sandbox sandbox;

    @BeforeEach
    void start() throws IOException {
        sandbox = Sandbox.start(0, new Catalog(List.of(new JsonMapper().readValue(ACME, Vendor.class))));
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{'from':{'id':1}}                                          | 1",
            "{'from':{'id':1,'type':'a/b'},'to':[{'id':1}],'kind':'sea'} | 1",
            "{'from':{'id':1},'to':[],'kind':null}                      | 1",
            "{'letter':{'text':'x'}}                                    | 1",
            "{'letters':[{'text':'x'},{'text':'y'}]}                    | 2",
            "?text=x                                                    | 1",
    })
    void takesEveryForm(String request, int records) {
        assertThat(write(request).body()).isEqualTo("{\"data\":{\"count\":" + records + "}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{}                            | from          | the body lacks the required attribute 'from'",
            "{'from':{'type':'a/b'}}       | from.id       | the body lacks the required attribute 'from.id'",
            "{'from':7}                    | from          | the attribute 'from' is a number, not an object",
            "{'from':{'id':1},'to':[{}]}   | to[].id       | the body lacks the required attribute 'to[].id'",
            "{'from':{'id':1},'to':['a']}  | to            | an element of 'to' is a string, not an object",
            "{'from':{'id':1},'to':{}}     | to            | the attribute 'to' is an object, not an array",
            "{'from':{'id':1},'kind':'rail'} | kind        | the attribute 'kind' must be one of: air, sea",
            "{'from':{'id':1},'kind':['air']} | kind       | the attribute 'kind' must be one of: air, sea",
            "{'from':{'id':1,'type':'a'}}  | from.type     | the attribute 'from.type' must be one of: */*",
            "{'letter':'x'}                | letter        | the attribute 'letter' is a string, not an object",
            "{'letter':{}}                 | text          | the attribute 'letter' lacks the required attribute 'text'",
            "{'letters':[{}]}              | text          | element 0 lacks the required attribute 'text'",
            "{'letters':{}}                | letters       | the attribute 'letters' is an object, not an array",
            "[]                            | body          | the body is an array, not an object",
            "``                            | text          | the query parameter 'text' is missing",
    })
    void refusesWhatFitsNoForm(String request, String field, String why) {
        HttpResponse<String> response = write(request);

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(Caller.json(response).at("/errors/" + field + "/0").textValue()).isEqualTo(why);
    }

    private HttpResponse<String> write(String request) {
        boolean query = request.startsWith("?");
        String url = sandbox.baseUrl("acme") + "/letters" + (query ? request : "");
        return Caller.send(HttpRequest.newBuilder(URI.create(url))
                .header("X-Key", "acme-key")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(query ? "" : request.replace('\'', '"'))));
    }
}
