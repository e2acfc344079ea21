using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

/// <summary>What the schemes have in common whose judge, a critic, estimates a distance between samples and data.</summary>
internal static class Critics
{
    /// <summary>What a scheme calls the network.</summary>
    public const string Critic = "Critic";

    /// <summary>Its letter, and what it is.</summary>
    public static readonly (string, string) Letter = ("f", "the critic, one number");

    /// <summary>Adds the critic's estimate, mean f(G(z)) − mean f(x).</summary>
    public static void AddDistance(StepContext step, GanNetworks networks, Player judge, Value real, Value fake)
    {
        Value distance = step.Computation.Add(new Subtract(), "wasserstein",
            step.Mean("meanOfSamples", networks.Judge(step, judge, fake, "ofSamples")),
            step.Mean("meanOfData", networks.Judge(step, judge, real, "ofData")));
        step.AddTerm(new Term(
            "Wasserstein", distance, null, $"mean {networks.OfMade("f")} − mean {networks.OfData("f")}")
        {
            Symbols = networks.Symbols(Letter),
        });
    }

    /// <summary>Adds what the generator minimises, −mean f(G(z)).</summary>
    /// <param name="data">The data as the critic reads them.</param>
    public static void AddGenerator(StepContext step, GanNetworks networks, Player judge, Field data)
    {
        Value made = networks.Make(step);
        Value mean = step.Mean("meanOfSamples", networks.Judge(step, judge, made, "ofSamples"));
        step.AddTerm(new Term(
            "Generator", step.Computation.Add(new Scale(-1), "generator", mean), null, $"−mean {networks.OfMade("f")}")
        {
            Symbols = networks.Symbols(Letter),
        });
        GanNetworks.WatchSpread(step, made, data);
    }
}
