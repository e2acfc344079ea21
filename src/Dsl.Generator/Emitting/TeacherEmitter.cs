using System.Linq;
using Dsl.Generator.Checking;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Emitting;

/// <summary>The teacher that a trainer is given: its field, its argument, and its answers where they are kept.</summary>
internal static class TeacherEmitter
{
    public static void WriteField(CodeWriter code, GivenTeacher teacher) =>
        code.Line($"private readonly {teacher.Type}{(teacher.IsEnsemble ? "[]" : "")} {teacher.Field};");

    public static string Parameter(GivenTeacher teacher) =>
        $"{(teacher.IsEnsemble ? $"IReadOnlyList<{teacher.Type}>" : teacher.Type)} {teacher.Argument}";

    public static string Documentation(GivenTeacher teacher) => teacher.IsEnsemble
        ? "/// <param name=\"teachers\">The networks to learn from, at least one: same inputs, same number of outputs. They are put in evaluation mode.</param>"
        : "/// <param name=\"teacher\">The network to learn from: same inputs, same number of outputs. It is put in evaluation mode.</param>";

    /// <summary>In the constructor.</summary>
    public static void WriteStart(CodeWriter code, GivenTeacher teacher)
    {
        if (teacher.IsEnsemble)
        {
            code.Line($"foreach (var teacher in {teacher.Argument}) FrozenNetwork.RequireOther(teacher, model);");
            code.Line($"{teacher.Field} = TeacherEnsemble.Of({teacher.Argument}, _device);");
            return;
        }

        code.Line($"FrozenNetwork.RequireOther({teacher.Argument}, model);");
        code.Line($"{teacher.Field} = {teacher.Argument}.to(_device);");
        code.Line($"{teacher.Field}.eval();");
    }

    /// <summary>At the start of <c>Fit</c>.</summary>
    public static void WriteFitStart(CodeWriter code, GivenTeacher teacher, TrainerProgram trainer)
    {
        code.Line(teacher.IsEnsemble ? $"foreach (var teacher in {teacher.Field}) teacher.eval();" : $"{teacher.Field}.eval();");
        if (Cached(trainer) is not null) code.Line("using var taught = new TeacherCache(data, Teach, BatchSize, _device);");
    }

    /// <summary>The kept answers for the samples of a batch.</summary>
    public static string ReadCached(TrainerProgram trainer) =>
        trainer.Given!.Ensemble == Ensemble.Arithmetic ? $"taught.Read(indices, {Temperature(trainer).Code})" : "taught.Read(indices)";

    /// <summary>The method by which users who call <c>Step</c> themselves, and <c>Fit</c>, ask the teacher.</summary>
    public static void WriteTeach(CodeWriter code, TrainerProgram trainer)
    {
        if (Cached(trainer) is not { } role) return;
        var computation = new Computation();
        Value input = computation.Add(new Input("input", trainer.Network.Input.Type), "input");
        Value answer = computation.Add(StepContext.Ask(trainer.Given!, Temperature(trainer), role.Type), "answer", input);
        code.Line();
        code.Summary($"What the teacher predicts, {role.Type.Shape}, the last part of a <c>Batch</c>.");
        string seen = trainer.FixedView is null ? "" : $", as they are before {trainer.FixedView.Policy}";
        code.Line($"/// <param name=\"input\">Inputs {trainer.Network.Input.Shape} on the trainer's device{seen}.</param>");
        string ask = answer.Producer.Operation.Autograd(new Spelling(answer.Producer, _ => trainer.FixedView is null ? "input" : "seen"));
        using (code.Block("public Tensor Teach(Tensor input)"))
        {
            code.Line(TrainerState.Guard);
            if (trainer.FixedView is not null) code.Line("using var seen = FixedView(input);");
            code.Line($"return {ask};");
        }
    }

    private static Role? Cached(TrainerProgram trainer) => trainer.Roles.FirstOrDefault(role => role.Name == GivenTeacher.CachedRole);

    private static Scalar Temperature(TrainerProgram trainer) => new Scalar.Named(trainer.Given!.Temperature);
}
