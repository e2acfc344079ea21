using System.Linq;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Emitting;

/// <summary>What a trainer holds: networks, tapes, moments, random streams; its constructor and its end.</summary>
internal static class TrainerState
{
    /// <summary>The private field of a state vector.</summary>
    public static string Field(string name) => "_" + name;

    public static bool HasDropout(TrainerProgram trainer) =>
        trainer.Network.Computation.Nodes.Any(node => node.Operation.ReadsDropoutStream);

    public static void Write(CodeWriter code, TrainerProgram trainer)
    {
        string model = trainer.Declaration.Model!.Type.GlobalName;
        string teacher = trainer.Teacher == TeacherKind.Average ? model : "nn.Module<Tensor, Tensor>";
        bool isExplicit = trainer.Backward == Backward.Explicit;
        code.Line($"private readonly {model} _model;");
        if (trainer.Teacher != TeacherKind.None) code.Line($"private readonly {teacher} _teacher;");
        code.Line("private readonly Device _device;");
        if (isExplicit)
        {
            foreach (string tape in trainer.Tapes) code.Line($"private readonly {model}.Tape {tape} = new();");
            code.Line("private readonly Tensor _one;");
        }

        foreach (var (_, name, summary) in trainer.Update.State) code.Line($"private readonly Tensor {Field(name)};  // {summary}");
        foreach (var constants in trainer.Constants) code.Line(ConstantsEmitter.Field(constants));
        if (trainer.Draws.Count > 0) code.Line("private RandomStream _drawStream;");
        if (HasDropout(trainer)) code.Line("private RandomStream _dropoutStream;");
        code.Line($"private long _seed = {Spelling.Join(trainer.Seed)};");
        code.Line("private Losses _losses;");
        WriteConstructor(code, trainer, model, teacher, isExplicit);
        WriteDispose(code, trainer, isExplicit);
    }

    private static void WriteConstructor(CodeWriter code, TrainerProgram trainer, string model, string teacher, bool isExplicit)
    {
        bool given = trainer.Teacher == TeacherKind.Given;
        code.Line();
        code.Summary("Creates a trainer and moves the networks to its device.");
        code.Line("/// <param name=\"model\">The network to train; the trainer does not own it.</param>");
        if (given) code.Line("/// <param name=\"teacher\">The network to learn from: same inputs, same number of outputs. It is put in evaluation mode.</param>");
        code.Line("/// <param name=\"device\">Where to train; null for the CPU.</param>");
        using (code.Block($"public {trainer.Declaration.Type.Name}({model} model, {(given ? $"{teacher} teacher, " : "")}Device? device = null)"))
        {
            code.Line("_device = device ?? CPU;");
            code.Line("_model = model.to(_device);");
            if (given)
            {
                code.Line("_teacher = teacher.to(_device);");
                code.Line("_teacher.eval();");
            }

            if (trainer.Teacher == TeacherKind.Average)
            {
                code.Line("using (var unused = new Generator())");
                code.Line($"    _teacher = new {model}(unused).to(_device, _model.Arena.Values.dtype);");
                code.Line("using (no_grad())");
                code.Line("    _teacher.Arena.Values.copy_(_model.Arena.Values);");
                if (trainer.Network.Buffers.Count > 0) code.Line("_teacher.CopyBuffersFrom(_model);");
            }

            foreach (var (_, name, _) in trainer.Update.State) code.Line($"{Field(name)} = _model.Arena.NewTwin();");
            foreach (var constants in trainer.Constants.Where(constants => constants.Values is not null)) code.Line(ConstantsEmitter.Create(constants));
            if (isExplicit) code.Line("_one = ones(Array.Empty<long>(), _model.Arena.Values.dtype, _device).DetachFromDisposeScope();");
            else code.Line("_model.BindGradients();");
            foreach (string stream in Streams(trainer)) code.Line(stream);
        }
    }

    private static string[] Streams(TrainerProgram trainer) =>
    [
        .. trainer.Draws.Count > 0 ? new[] { "_drawStream = new RandomStream(_seed, \"draws\", _device);" } : [],
        .. HasDropout(trainer) ? new[] { "_dropoutStream = new RandomStream(_seed, \"dropout\", _device);" } : [],
    ];

    private static void WriteDispose(CodeWriter code, TrainerProgram trainer, bool isExplicit)
    {
        code.Line();
        code.Summary("The network that is trained.");
        code.Line($"public {trainer.Declaration.Model!.Type.GlobalName} Model => _model;");
        if (trainer.Teacher == TeacherKind.Average)
        {
            code.Line();
            code.Summary("The moving average of the trained network.");
            code.Line($"public {trainer.Declaration.Model!.Type.GlobalName} Teacher => _teacher;");
        }

        code.Line();
        code.Summary("Seed of every random stream of the trainer.");
        using (code.Block("public long Seed"))
        {
            code.Line("get => _seed;");
            using (code.Block("set"))
            {
                code.Line("_seed = value;");
                foreach (string stream in Streams(trainer))
                {
                    code.Line($"{stream.Split(' ')[0]}.Dispose();");
                    code.Line(stream);
                }
            }
        }

        code.Line();
        code.Summary("Frees the trainer's own state; the network lives on.");
        using (code.Block("public void Dispose()"))
        {
            if (trainer.Teacher == TeacherKind.Average) code.Line("_teacher.Dispose();");
            if (isExplicit)
            {
                foreach (string tape in trainer.Tapes) code.Line($"{tape}.Dispose();");
                code.Line("_one.Dispose();");
            }

            foreach (var (_, name, _) in trainer.Update.State) code.Line($"{Field(name)}.Dispose();");
            foreach (var constants in trainer.Constants) code.Line($"{constants.Field}{(constants.Values is null ? "?" : "")}.Dispose();");
            foreach (string stream in Streams(trainer)) code.Line($"{stream.Split(' ')[0]}.Dispose();");
            code.Line("_losses.Dispose();");
        }
    }
}
