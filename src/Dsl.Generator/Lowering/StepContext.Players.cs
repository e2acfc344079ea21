using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Lowering;

/// <summary>Networks beside the trained one.</summary>
internal sealed partial class StepContext
{
    /// <summary>A moving average of a network, which starts as its copy and follows it after each update.</summary>
    /// <param name="name">What it is called as a variable.</param>
    /// <param name="summary">What it is, for the documentation of its property.</param>
    /// <param name="words">What it is called in a sentence.</param>
    /// <param name="trains">Whether its passes are in training mode.</param>
    /// <param name="copiesBuffers">Whether its buffers are the network's; else its own passes move them.</param>
    public Player Average(
        Player of, string name, string summary, string words, bool trains, Scalar decay, bool copiesBuffers = true)
    {
        var player = Players.AddAverage(trainer, of, name, summary, words, trains);
        Players.Follow(trainer.AfterUpdate, player, of, decay, copiesBuffers);
        return player;
    }
}

/// <summary>Adds networks to a trainer.</summary>
internal static class Players
{
    public static Player AddAverage(TrainerProgram trainer, Player of, string name, string summary, string words, bool trains)
    {
        var player = new Player(
            name, of.Type, of.Network, new Origin.Average(of, trains, words), summary) { Declaration = of.Declaration };
        trainer.Players.Add(player);
        return player;
    }

    /// <summary>Moves an average after what it follows: parameters by the decay, buffers at once or not at all.</summary>
    public static void Follow(Computation computation, Player average, Player of, Scalar decay, bool copiesBuffers = true)
    {
        computation.AddEffect(new AverageParameters(average.Field, of.Field, decay));
        if (copiesBuffers && of.Network!.Buffers.Count > 0) computation.AddEffect(new CopyBuffers(average.Field, of.Field));
    }
}
