using Dsl.Generator.Checking;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Emitting;
using Dsl.Generator.Graph;
using Dsl.Generator.Passes;
using Dsl.Generator.Programs;

namespace Dsl.Inspect;

/// <summary>A declared model or trainer, and what is generated for it.</summary>
/// <param name="Type">The class.</param>
/// <param name="Declaration">The text of the class that carries the attributes.</param>
/// <param name="File">The name of the generated file.</param>
/// <param name="Generated">The generated file.</param>
/// <param name="Options">What the project says about generated code.</param>
internal abstract record InspectedType(
    TypeDeclaration Type, string Declaration, string File, string Generated, CompilerOptions Options)
{
    /// <summary>The model itself, or the one that is trained; a new one each time, since passes rewrite it.</summary>
    public abstract NetworkProgram Network();

    /// <summary>Whether there is anything to show: a declaration with errors has no program.</summary>
    public abstract bool IsSound { get; }

    /// <summary>Whether the model's class has a backward pass of its own.</summary>
    public bool HasPair(NetworkProgram network) => Options.Backward != Backward.Autograd && !network.IsOpaque;

    /// <summary>The layers of the model, or of the one that is trained.</summary>
    public ModelTable Table()
    {
        var network = Network();
        ForwardPasses.Run(network);
        return ModelTable.Of(network, HasPair(network) ? new NetworkPair(network) : null);
    }

    // Declarations with findings are reported before anything is shown.
    protected static T Checked<T>(T? program, TypeDeclaration type)
        where T : class => program ?? throw new InvalidOperationException($"{type.FullName} has findings");
}

internal sealed record InspectedModel(
    ModelDeclaration Model, string Declaration, string File, string Generated, CompilerOptions Options)
    : InspectedType(Model.Type, Declaration, File, Generated, Options)
{
    public override bool IsSound => ModelChecker.Check(Model, new Findings()) is not null;

    public override NetworkProgram Network() => Checked(ModelChecker.Check(Model, new Findings()), Type);
}

internal sealed record InspectedTrainer(
    TrainerDeclaration Trainer, string Declaration, string File, string Generated, CompilerOptions Options)
    : InspectedType(Trainer.Type, Declaration, File, Generated, Options)
{
    public override bool IsSound => Trainer.Model is { } model && ModelChecker.Check(model, new Findings()) is not null
        && TrainerChecker.Check(Trainer, Options, new Findings()) is not null;

    public override NetworkProgram Network() => Checked(ModelChecker.Check(Trainer.Model!, new Findings()), Type);

    /// <summary>The checked trainer; a new one each time.</summary>
    public TrainerProgram Program() => Checked(TrainerChecker.Check(Trainer, Options, new Findings()), Type);
}
