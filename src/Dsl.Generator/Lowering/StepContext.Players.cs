using System.Collections.Generic;
using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Lowering;

/// <summary>Networks beside the trained one.</summary>
internal sealed partial class StepContext
{
    /// <summary>The networks that type arguments of schemes name, by their models in full.</summary>
    public IReadOnlyDictionary<string, NetworkProgram> LearnedNetworks { get; init; } = new Dictionary<string, NetworkProgram>();

    /// <summary>The network that a type argument of a scheme names, which an optimizer trains.</summary>
    /// <param name="name">The name that the scheme gives it: Discriminator.</param>
    /// <param name="summary">What it is, for the documentation of its property.</param>
    public Player Learned(TypeReference type, string name, string summary)
    {
        var model = type.Model!;
        var player = new Player(
            char.ToLowerInvariant(name[0]) + name.Substring(1), model.Type.GlobalName,
            LearnedNetworks[model.Type.GlobalName], new Origin.Learned(), summary) { Declaration = model };
        trainer.Players.Add(player);
        return player;
    }

    /// <summary>The network that a type argument of a scheme names, trained by this descent together with the model.</summary>
    /// <param name="name">The name that the scheme gives it: Predictor.</param>
    /// <param name="summary">What it is, for the documentation of its property.</param>
    /// <param name="keepsRate">Whether its learning rate stays while that of the others follows the schedule.</param>
    public Player Head(TypeReference type, string name, string summary, bool keepsRate = false)
    {
        var head = Learned(type, name, summary);
        head.KeepsRate = keepsRate;
        phase.Learners.Add(head);
        return head;
    }

    /// <summary>A descent that comes before the main one.</summary>
    /// <param name="name">What it is called beside the others.</param>
    /// <param name="learner">The network that it trains.</param>
    /// <param name="differentiatesTwice">Whether a gradient in it is differentiated itself, which autograd alone can do.</param>
    public StepContext Before(string name, Player learner, bool differentiatesTwice = false)
    {
        var before = new Phase(name, differentiatesTwice ? Backward.Autograd : phase.Backward) { Prefix = learner.Member };
        before.Learners.Add(learner);
        before.Computation.Section = Computation.Section;
        trainer.Phases.Insert(trainer.Phases.Count - 1, before);
        return new StepContext(trainer, before) { Sees = Sees };
    }

    /// <summary>The data as another network than the trained one reads them.</summary>
    public Field DataFor(Player reader)
    {
        TensorType type = Rename(reader.Network!.Input.Type, Stream.Data.Rows);
        return AddField(new Field(
            Stream.Data, "Input", type, $"Samples of the data {type.Shape}", $"data.ReadInputs({Stream.Data.Indices})")
        {
            Port = reader.Network.Inputs[0],
            Reader = reader,
        });
    }

    /// <summary>The samples of another stream, as a network that takes them reads them.</summary>
    /// <param name="member">The member of the generated <c>Batch</c>.</param>
    /// <param name="words">What they are, in a sentence.</param>
    public Field SamplesFor(Player reader, Stream stream, string member, string words)
    {
        TensorType type = Rename(reader.Network!.Input.Type, stream.Rows);
        return AddField(new Field(
            stream, member, type, $"{words} {type.Shape}", $"{stream.Argument}.ReadInputs({stream.Indices})")
        {
            Port = reader.Network.Inputs[0],
            Reader = reader,
        });
    }

    /// <summary>What the data have beside their inputs under a name, as another network than the trained one reads it.</summary>
    /// <param name="member">The member of the generated <c>Batch</c>; the name begins with a small letter.</param>
    public Field FurtherFor(Player reader, string member)
    {
        TensorType type = Rename(reader.Network!.Input.Type, Stream.Data.Rows);
        string name = char.ToLowerInvariant(member[0]) + member.Substring(1);
        return AddField(new Field(Stream.Data, member, type, $"The {name} part of each sample {type.Shape}",
            $"data.ReadInput(\"{name}\", {Stream.Data.Indices})")
        {
            Port = reader.Network.Inputs[0],
            Reader = reader,
            IsFurther = true,
            Requirement = $"ModelInput.RequireSameSamples({reader.Field}, \"Input\", batch.Input, \"{member}\", batch.{member});",
        });
    }

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
