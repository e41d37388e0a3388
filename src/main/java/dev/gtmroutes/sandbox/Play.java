package dev.gtmroutes.sandbox;

/** What an endpoint does whose good answer is not always the same. It runs on the sandbox's only thread. */
interface Play {

    /**
     * The answer to a request that is right by the endpoint's data and brought a good credential.
     *
     * @throws RefusedException if it is refused all the same
     */
    Answer answer(Arrival arrival);
}
