// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.gtmroutes.sandbox.catalogue.Catalog;
import dev.gtmroutes.sandbox.checks.BodyForm;
import dev.gtmroutes.sandbox.checks.EndpointForm;

/**
 * A request its vendor refuses.
 *
 * @param status how it is answered
 * @param field  what the refusal names; null = nothing in particular
 */
record WrongRequest(RightRequest like, String method, String path, String body, int status, String field) {

    private static final Catalog CATALOG = Catalog.load();
    private static final JsonMapper MAPPER = new JsonMapper();

    /** What the data of a request's endpoint imply: the request with one thing wrong, in each way there is. */
    static List<WrongRequest> like(RightRequest right) {
        List<WrongRequest> wrong = new ArrayList<>();
        wrong.add(new WrongRequest(right, "PATCH", right.path(), right.body(), 405, null));
        if (CATALOG.match("GET", right.vendor().root() + right.pathWithoutQuery()).endpoint() == null) {
            wrong.add(new WrongRequest(right, "GET", right.path(), "", 405, null));
        }
        otherPath(right, right.pathWithoutQuery() + "/", wrong);
        if (!right.takes().anyQuery()) {
            wrong.add(withPath(right, right.path() + (right.path().contains("?") ? "&" : "?") + "other=1", 422, "other"));
        }
        emptyVariables(right, wrong);
        // The refusal speaks of the first form only.
        if (right.form() == 0) {
            query(right, wrong);
            body(right, wrong);
        }
        return wrong;
    }

    /** A path that is not the endpoint's own; where another endpoint has it, the method is what is wrong, or nothing. */
    private static void otherPath(RightRequest right, String path, List<WrongRequest> wrong) {
        Catalog.Match other = CATALOG.match(right.method(), right.vendor().root() + path);
        if (other.endpoint() == null) {
            wrong.add(new WrongRequest(right, right.method(), path, right.body(), other.allowed().isEmpty() ? 404 : 405,
                    null));
        }
    }

    private static void emptyVariables(RightRequest right, List<WrongRequest> wrong) {
        String[] template = right.endpoint().path().toString().split("/");
        for (int i = 0; i < template.length; i++) {
            if (template[i].startsWith("{")) {
                String[] path = right.path().split("/");
                path[i] = "";
                otherPath(right, String.join("/", path), wrong);
            }
        }
    }

    private static void query(RightRequest right, List<WrongRequest> wrong) {
        for (String name : right.takes().query()) {
            wrong.add(withPath(right, right.path().replaceAll("[?&]" + name + "=[^&]*", ""), 422, name));
            wrong.add(withPath(right, right.path().replaceAll(name + "=[^&]*", name + "="), 422, name));
            wrong.add(withPath(right, right.path() + "&" + name + "=again", 422, name));
        }
    }

    private static void body(RightRequest right, List<WrongRequest> wrong) {
        EndpointForm form = right.takes();
        if (form.body() == BodyForm.NONE) {
            wrong.add(withBody(right, "{}", 422, "body"));
            return;
        }
        wrong.add(withBody(right, right.body() + "}", 400, "body"));
        wrong.add(withBody(right, "\"text\"", 422, "body"));
        if (form.body() == BodyForm.OBJECT) {
            wrong.add(withBody(right, "[" + right.body() + "]", 422, "body"));
            attributes(right, wrong);
            return;
        }
        String field = form.at() == null ? "body" : form.at();
        wrong.add(withBody(right, form.at() == null ? "{}" : "[]", 422, "body"));
        for (int records : List.of(0, form.maxItems() + 1)) {
            String array = Caller.array(records);
            wrong.add(withBody(right, form.at() == null ? array : "{\"" + form.at() + "\":" + array + "}", 422, field));
        }
    }

    private static void attributes(RightRequest right, List<WrongRequest> wrong) {
        ObjectNode record = read(right.body());
        for (String name : right.takes().required()) {
            wrong.add(withBody(right, record.deepCopy().without(name).toString(), 422, name));
            wrong.add(withBody(right, record.deepCopy().putNull(name).toString(), 422, name));
            wrong.add(withBody(right, record.deepCopy().put(name, "").toString(), 422, name));
        }
        right.takes().values().keySet().forEach(name -> {
            for (JsonNode value : List.of(TextNode.valueOf("other"), record)) {
                wrong.add(withBody(right, record.deepCopy().set(name, value).toString(), 422, name));
            }
        });
    }

    private static ObjectNode read(String body) {
        try {
            return MAPPER.readValue(body, ObjectNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WrongRequest withPath(RightRequest right, String path, int status, String field) {
        return new WrongRequest(right, right.method(), path, right.body(), status, field);
    }

    private static WrongRequest withBody(RightRequest right, String body, int status, String field) {
        return new WrongRequest(right, right.method(), right.path(), body, status, field);
    }

    @Override
    public String toString() {
        return method + " " + path + " " + (body.length() > 100 ? body.substring(0, 100) : body);
    }
}
