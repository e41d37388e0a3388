// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.web;

import java.util.List;
import java.util.Map;

import dev.gtmroutes.web.Problem;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** What holds for each operation of the API, and so is said once: how to log in, and what an error looks like. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class ApiDescription implements OASFilter {

    private static final String BASIC = "basic";
    private static final String TOKEN = "token";
    private static final String PROBLEM = "Problem";

    @Override
    public void filterOpenAPI(OpenAPI api) {
        if (api.getComponents() == null) {
            api.setComponents(OASFactory.createComponents());
        }
        api.getComponents()
                .addSchema(PROBLEM, problem())
                .addSecurityScheme(BASIC, OASFactory.createSecurityScheme().type(SecurityScheme.Type.HTTP).scheme(BASIC)
                        .description("operator can change everything, viewer can only read; without passwords, no log-in is "
                                + "required"))
                .addSecurityScheme(TOKEN, OASFactory.createSecurityScheme().type(SecurityScheme.Type.HTTP)
                        .scheme("bearer").description("the token of the flow, gtm.intake.tokens.<flow>, if it is set"));
        for (Map.Entry<String, PathItem> each : api.getPaths().getPathItems().entrySet()) {
            String scheme = each.getKey().startsWith("/intake/") ? TOKEN : BASIC;
            each.getValue().getOperations().values().forEach(operation -> complete(operation, scheme));
        }
    }

    private static void complete(Operation operation, String scheme) {
        SecurityRequirement needed = OASFactory.createSecurityRequirement();
        operation.setSecurity(List.of(needed.addScheme(scheme)));
        APIResponse wrong = OASFactory.createAPIResponse().description("The error, and what to do").content(
                OASFactory.createContent().addMediaType(Problem.MEDIA_TYPE, OASFactory.createMediaType()
                        .schema(OASFactory.createSchema().ref(PROBLEM))));
        if (operation.getResponses() == null) {
            operation.setResponses(OASFactory.createAPIResponses());
        }
        // Those that are told of by annotations, and those that the framework takes for granted.
        for (String status : List.of("401", "403")) {
            operation.getResponses().addAPIResponse(status, wrong);
        }
        operation.getResponses().setDefaultValue(wrong);
    }

    private static Schema problem() {
        return OASFactory.createSchema().addType(Schema.SchemaType.OBJECT).description("An error, by RFC 9457")
                .addProperty("title", text("Kind of the error"))
                .addProperty("status", OASFactory.createSchema().addType(Schema.SchemaType.INTEGER)
                        .description("HTTP status"))
                .addProperty("detail", text("The error and what to do, for a person"))
                .required(List.of("title", "status", "detail"));
    }

    private static Schema text(String description) {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING).description(description);
    }
}
