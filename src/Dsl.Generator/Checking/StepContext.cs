using System;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Checking;

/// <summary>
/// Where objectives and schemes add their part of a step. Asking for something, such as labels, a teacher or a second
/// stream, makes it part of the generated signatures.
/// </summary>
internal sealed class StepContext(TrainerProgram trainer)
{
    private Value? _input;
    private Value? _logits;
    private Value? _label;
    private Value? _teacherLogits;

    public Computation Computation => trainer.Computation;

    /// <summary>The network's output for the (augmented) input [N, K].</summary>
    public Value Logits => _logits ??= Train("logits", Input, "_tape");

    /// <summary>The labels [N], integers in [0, K).</summary>
    public Value Label => _label ??= Read(AddRole(new Role(
        "Label", new TensorType(Shape.Of(Dim.Batch("N")), ElementType.Int64), "N", "Labels [N], int64")));

    /// <summary>The output of the given teacher for the same input that the network sees [N, K].</summary>
    public Value TeacherLogits
    {
        get
        {
            trainer.Teacher = TeacherKind.Given;
            return _teacherLogits ??= Frozen("teacherLogits", Input, "_teacher");
        }
    }

    private Value Input => _input ??= View(InputRole, "Input");

    private Role InputRole => AddRole(new Role("Input", new TensorType(InputShape("N")), "N", $"Inputs {InputShape("N")}"));

    /// <summary>The unlabelled stream.</summary>
    public Role Unlabeled => AddRole(new Role(
        "Unlabeled", new TensorType(InputShape("U")), "U", $"Inputs without labels {InputShape("U")}"));

    /// <summary>A stream as one network sees it: augmented independently, where the trainer augments.</summary>
    /// <param name="name">Who sees it; names the random numbers.</param>
    public Value View(Role role, string name)
    {
        Value view = Read(role);
        if (trainer.Declaration.Augment?.Policy is not { } policy) return view;
        string? section = Computation.Section;
        Computation.Section = $"{name} view: {policy.Type.Name}";
        foreach (var transformation in Binder.BindAll<TransformationAttribute>(policy.Transformations, new Findings()))
            view = Augmentations.Transformation.Of(transformation.Attribute).Lower(transformation.Attribute, view, role, name, this);
        Computation.Section = section;
        return view;
    }

    /// <summary>The trained network on a batch.</summary>
    public Value Train(string name, Value input, string tape)
    {
        trainer.Tapes.Add(tape);
        return Computation.Add(new TrainNetwork("_model", tape, OutputType(input)), name, input);
    }

    /// <summary>A network that receives no gradient on a batch.</summary>
    public Value Frozen(string name, Value input, string member) =>
        Computation.Add(new FrozenNetwork(member, OutputType(input)), name, input);

    /// <summary>Random integers, one row a sample of the stream.</summary>
    public Value Draw(DrawnIntegers draw)
    {
        trainer.Draws.Add(draw);
        var type = new TensorType(Shape.Of(Dim.Batch(draw.Role.Symbol), draw.Columns), ElementType.Int64);
        return Computation.Add(new Draw($"draws.{draw.Name}", type), char.ToLowerInvariant(draw.Name[0]) + draw.Name.Substring(1));
    }

    /// <summary>A property of the attribute as a settable property of the trainer, named after the technique.</summary>
    public Scalar Hyperparameter(Attribute attribute, string property) =>
        Recipe.Add(trainer, attribute, property, Binder.ShortName(attribute.GetType().Name) + property);

    private Role AddRole(Role role)
    {
        if (trainer.Roles.FirstOrDefault(known => known.Name == role.Name) is { } known) return known;
        trainer.Roles.Add(role);
        return role;
    }

    private Value Read(Role role) => Computation.Add(
        new Input($"batch.{role.Name}", role.Type), char.ToLowerInvariant(role.Name[0]) + role.Name.Substring(1));

    private Shape InputShape(string symbol) => Rename(trainer.Network.Input.Shape, symbol);

    private TensorType OutputType(Value input) => new(Rename(trainer.Network.Output.Shape, input.Shape[0].Symbol!));

    private static Shape Rename(Shape shape, string symbol) =>
        shape.Map((dim, _) => dim.IsKnown ? dim : new Dim(symbol, dim.Factor));
}
