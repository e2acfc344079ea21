using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Lowering;

/// <summary>Numbers that a trainer learns beside its networks.</summary>
internal sealed partial class StepContext
{
    /// <summary>A number that the main descent learns with the networks, [1]; a part of checkpoints. Weight decay passes it
    /// over.</summary>
    /// <param name="member">Its property in generated code.</param>
    /// <param name="summary">What it is, for the documentation of the property.</param>
    /// <param name="start">Where it starts.</param>
    /// <param name="most">Where it is brought back to after an update that moved it above.</param>
    public Value LearnedNumber(string member, string summary, Scalar start, Scalar most)
    {
        string name = char.ToLowerInvariant(member[0]) + member.Substring(1);
        Shape shape = Shape.Of(1);
        trainer.LearnedNumbers.Add((
            new NetworkParameter(name, member, shape, new Initialization.Constant(0)) { NeverDecays = true }, summary,
            $"Aten.fill_({member}, {start.Code});"));
        trainer.AfterUpdate.AddEffect(new KeepBelow(member, most));
        return Computation.Add(new Parameter(member, new TensorType(shape)), name);
    }

    /// <summary>Directions that the main descent learns with the networks, [rows, width], each of length 1 again after an update;
    /// random ones of the trainer's seed at first, and a part of checkpoints. Weight decay passes them over.</summary>
    /// <param name="member">Their property in generated code.</param>
    /// <param name="summary">What they are, for the documentation of the property.</param>
    public Value LearnedDirections(string member, string summary, long rows, long width)
    {
        string name = char.ToLowerInvariant(member[0]) + member.Substring(1);
        Shape shape = Shape.Of(rows, width);
        trainer.LearnedNumbers.Add((
            new NetworkParameter(name, member, shape, new Initialization.Normal(1)) { NeverDecays = true }, summary,
            $"RandomDirections.Start({member}, Seed, \"{name}\");"));
        trainer.AfterUpdate.AddEffect(new KeepLength(member));
        return Computation.Add(new Parameter(member, new TensorType(shape)), name);
    }
}
