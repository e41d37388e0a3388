package dev.gtmroutes.flow;

import jakarta.inject.Singleton;

/** The flows of this program, one per file under {@code routes/flows/}. */
@Singleton
public class Flows {

    /** Whether a flow of this id exists here, running or not. */
    public boolean knows(String id) {
        return false;
    }
}
