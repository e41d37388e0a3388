// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.web;

import java.util.List;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The numbers beside the names of the pages, for pages that stay open. */
@Singleton
@Blocking
@Path("/badges")
@Produces(MediaType.TEXT_HTML)
public class BadgePages {

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance badges(List<Navigation.Page> pages);
    }

    private final Navigation navigation;

    BadgePages(Navigation navigation) {
        this.navigation = navigation;
    }

    /** Each number, to take the place of the one in the page. */
    @GET
    public TemplateInstance badges() {
        return Templates.badges(navigation.pages());
    }
}
