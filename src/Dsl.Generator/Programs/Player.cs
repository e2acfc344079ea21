using Dsl.Generator.Declarations;

namespace Dsl.Generator.Programs;

/// <summary>
/// A network as a trainer uses it. Its field, the constructor's argument, its mode, its part of a checkpoint and its end follow
/// from where it comes from.
/// </summary>
/// <param name="name">What it is called as a variable, and in a checkpoint: <c>model</c>, <c>teacher</c>.</param>
/// <param name="type">Its class in generated code; that of each one of an ensemble.</param>
/// <param name="network">What it computes; null for a module that is not declared.</param>
/// <param name="origin">Where it comes from.</param>
/// <param name="summary">What it is, for the documentation of its property: a sentence without its full stop.</param>
internal sealed class Player(string name, string type, NetworkProgram? network, Origin origin, string summary)
{
    public string Name { get; } = name;

    public string Type { get; } = type;

    public NetworkProgram? Network { get; } = network;

    public Origin Origin { get; } = origin;

    public string Summary { get; } = summary;

    /// <summary>How it is declared; null for a module that is not.</summary>
    public ModelDeclaration? Declaration { get; init; }

    /// <summary>The private field.</summary>
    public string Field => "_" + Name;

    /// <summary>The public property.</summary>
    public string Member => char.ToUpperInvariant(Name[0]) + Name.Substring(1);

    /// <summary>The arena of its parameters, as a C# expression.</summary>
    public string Arena => Field + ".Arena";

    /// <summary>Whether the trainer made it, and frees it.</summary>
    public bool IsOwned => Origin is Origin.Average;

    /// <summary>Whether training changes it, so that a checkpoint holds it.</summary>
    public bool IsKept => Origin is not Origin.Given;

    /// <summary>Whether its learning rate stays while that of others follows the schedule.</summary>
    public bool KeepsRate { get; set; }

    /// <summary>Whether a pass through it draws masks.</summary>
    public bool HasDropout => Network?.HasDropout == true;
}

/// <summary>Where a network of a trainer comes from.</summary>
internal abstract record Origin
{
    /// <summary>An argument of the constructor that an optimizer trains.</summary>
    public sealed record Learned : Origin;

    /// <summary>An argument of the constructor that nothing changes, in evaluation mode.</summary>
    /// <param name="Argument">The argument's name.</param>
    /// <param name="Ensemble">How the predictions of several become one; none for a single network.</param>
    public sealed record Given(string Argument, Ensemble Ensemble) : Origin
    {
        public bool IsEnsemble => Ensemble != Ensemble.None;
    }

    /// <summary>A copy that the trainer makes of a network, and moves after it.</summary>
    /// <param name="Of">The network that it follows.</param>
    /// <param name="Trains">Whether its own passes are in training mode.</param>
    /// <param name="Words">What it is called in a sentence: the teacher, the average of the trained network.</param>
    public sealed record Average(Player Of, bool Trains, string Words) : Origin;
}
