package dev.gtmroutes.flow;

import dev.gtmroutes.credential.ApiAddress;
import dev.gtmroutes.credential.ApiCall;
import dev.gtmroutes.credential.Credential;
import dev.gtmroutes.credential.CredentialMask;
import dev.gtmroutes.credential.Departure;
import dev.gtmroutes.credential.RateGate;
import dev.gtmroutes.delivery.Acknowledgement;
import dev.gtmroutes.delivery.ChunkReader;
import dev.gtmroutes.delivery.DeliveryHttpClient;
import dev.gtmroutes.delivery.Destination;
import dev.gtmroutes.delivery.InFlight;
import dev.gtmroutes.delivery.RequestAggregation;
import dev.gtmroutes.delivery.RequestSender;
import dev.gtmroutes.delivery.TapThreads;
import dev.gtmroutes.delivery.Webhook;
import dev.gtmroutes.inbox.InboxFiles;
import dev.gtmroutes.inbox.SteadyScheduler;
import dev.gtmroutes.record.Shape;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Classes that only YAML names. A native image would leave them out. */
@RegisterForReflection(targets = {Acknowledgement.class, ApiAddress.class, ApiCall.class, ChunkReader.class,
        Credential.class, CredentialMask.class, DeliveryHttpClient.class, Departure.class, Destination.class,
        InboxFiles.class, InFlight.class, RateGate.class, RequestAggregation.class, RequestSender.class, Shape.class,
        SteadyScheduler.class, TapThreads.class, Webhook.class})
final class NativeClasses {
}
