using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Emitting;

/// <summary>What a trainer holds: networks, tapes, moments, random streams; its constructor and its end.</summary>
internal static class TrainerState
{
    /// <summary>What every public method begins with: a freed tensor's own error names neither trainer nor network.</summary>
    public const string Guard = "ThrowIfDisposed();";

    /// <summary>The private field of a state vector.</summary>
    public static string Field(string name) => "_" + name;

    public static bool HasDropout(TrainerProgram trainer) =>
        trainer.Network.Computation.Nodes.Any(node => node.Operation.ReadsDropoutStream);

    public static void Write(CodeWriter code, TrainerProgram trainer)
    {
        string model = trainer.Declaration.Model!.Type.GlobalName;
        bool isExplicit = trainer.Backward == Backward.Explicit;
        code.Line($"private readonly {model} _model;");
        if (trainer.Given is { } given) TeacherEmitter.WriteField(code, given);
        if (trainer.KeepsTeacher) code.Line($"private readonly {model} _teacher;");
        if (trainer.AveragesWeights) code.Line($"private readonly {model} _average;");
        if (trainer.Stopping is not null) code.Line("private readonly BestWeights _best;");
        NonFiniteEmitter.WriteField(code, trainer);
        code.Line("private readonly Device _device;");
        if (isExplicit)
        {
            foreach (string tape in trainer.Tapes) code.Line($"private readonly {model}.Tape {tape} = new();");
            code.Line("private readonly Tensor _one;");
        }

        foreach (var vector in trainer.Update.State) code.Line($"private readonly Tensor {Field(vector.Name)};  // {vector.Summary}");
        AdapterEmitter.WriteFields(code, trainer);
        foreach (var constants in trainer.Constants) code.Line(ConstantsEmitter.Field(constants));
        if (trainer.Draws.Count > 0) code.Line("private RandomStream _drawStream;");
        if (HasDropout(trainer)) code.Line("private RandomStream _dropoutStream;");
        code.Line($"private long _seed = {Spelling.Join(trainer.Seed)};");
        code.Line("private Losses _losses;");
        code.Line("private bool _isDisposed;");
        WriteConstructor(code, trainer, model, isExplicit);
        WriteDispose(code, trainer, isExplicit);
    }

    private static void WriteConstructor(CodeWriter code, TrainerProgram trainer, string model, bool isExplicit)
    {
        code.Line();
        code.Summary("Creates a trainer and moves the networks to its device.");
        code.Line("/// <param name=\"model\">The network to train; the trainer does not own it.</param>");
        if (trainer.Given is { } documented) code.Line(TeacherEmitter.Documentation(documented));
        code.Line("/// <param name=\"device\">Where to train; null for the CPU.</param>");
        using (code.Block($"public {trainer.Declaration.Type.Name}({model} model, {(trainer.Given is { } taken ? TeacherEmitter.Parameter(taken) + ", " : "")}Device? device = null)"))
        {
            code.Line("ObjectDisposedException.ThrowIf(model.Arena.Values.IsInvalid, model);");
            code.Line("_device = device ?? CPU;");
            code.Line("_model = model.to(_device);");
            if (trainer.Given is { } given) TeacherEmitter.WriteStart(code, given);
            if (trainer.KeepsTeacher) WriteCopy(code, trainer, model, "_teacher");
            if (trainer.AveragesWeights)
            {
                WriteCopy(code, trainer, model, "_average");
                code.Line("_average.eval();");
            }

            if (trainer.Stopping is not null)
                code.Line($"_best = new BestWeights({string.Join(", ", Kept(trainer).Select(kept => $"(\"{kept.Name}\", {kept.Field})"))});");

            foreach (var vector in trainer.Update.State)
            {
                code.Line($"{Field(vector.Name)} = _model.Arena.NewTwin();");
                if (vector.Initial != 0) code.Line($"{Field(vector.Name)}.fill_({Scalar.Literal(vector.Initial)});");
            }

            AdapterEmitter.WriteCreation(code, trainer);
            NonFiniteEmitter.WriteCreation(code, trainer);
            foreach (var constants in trainer.Constants.Where(constants => constants.Values is not null)) code.Line(ConstantsEmitter.Create(constants));
            if (isExplicit) code.Line("_one = ones(Array.Empty<long>(), _model.Arena.Values.dtype, _device).DetachFromDisposeScope();");
            else code.Line("_model.BindGradients();");
            foreach (string stream in Streams(trainer)) code.Line(stream);
        }
    }

    /// <summary>A second network of the kind that is trained, as a copy of it.</summary>
    private static void WriteCopy(CodeWriter code, TrainerProgram trainer, string model, string field)
    {
        code.Line("using (var unused = new Generator())");
        code.Line($"    {field} = new {model}(unused).to(_device, _model.Arena.Values.dtype);");
        code.Line("using (no_grad())");
        code.Line($"    {field}.Arena.Values.copy_(_model.Arena.Values);");
        if (trainer.Network.Buffers.Count > 0) code.Line($"{field}.CopyBuffersFrom(_model);");
    }

    /// <summary>The networks that training changes, by their names in a checkpoint.</summary>
    public static IEnumerable<(string Name, string Field)> Kept(TrainerProgram trainer)
    {
        yield return ("model", "_model");
        if (trainer.KeepsTeacher) yield return ("teacher", "_teacher");
        if (trainer.AveragesWeights) yield return ("average", "_average");
    }

    private static string[] Streams(TrainerProgram trainer) =>
    [
        .. trainer.Draws.Count > 0 ? new[] { "_drawStream = new RandomStream(_seed, \"draws\");" } : [],
        .. HasDropout(trainer) ? new[] { "_dropoutStream = new RandomStream(_seed, \"dropout\");" } : [],
    ];

    private static void WriteDispose(CodeWriter code, TrainerProgram trainer, bool isExplicit)
    {
        code.Line();
        code.Summary("The network that is trained.");
        code.Line($"public {trainer.Declaration.Model!.Type.GlobalName} Model => _model;");
        if (trainer.KeepsTeacher)
        {
            code.Line();
            code.Summary("The moving average of the trained network.");
            code.Line($"public {trainer.Declaration.Model!.Type.GlobalName} Teacher => _teacher;");
        }

        if (trainer.AveragesWeights)
        {
            code.Line();
            code.Summary("The moving average of the trained network's weights, in evaluation mode.");
            code.Line($"public {trainer.Declaration.Model!.Type.GlobalName} Average => _average;");
        }

        AdapterEmitter.WriteMembers(code, trainer);
        NonFiniteEmitter.WriteMembers(code, trainer);
        WriteSeed(code, trainer);

        code.Line();
        code.Summary("Frees the trainer's own state; the network lives on.");
        using (code.Block("public void Dispose()"))
        {
            code.Line("_isDisposed = true;");
            if (trainer.KeepsTeacher) code.Line("_teacher.Dispose();");
            if (trainer.AveragesWeights) code.Line("_average.Dispose();");
            if (trainer.Stopping is not null) code.Line("_best.Dispose();");
            NonFiniteEmitter.WriteDispose(code, trainer);
            if (isExplicit)
            {
                foreach (string tape in trainer.Tapes) code.Line($"{tape}.Dispose();");
                code.Line("_one.Dispose();");
            }

            AdapterEmitter.WriteDispose(code, trainer);
            foreach (var constants in trainer.Constants) code.Line($"{constants.Field}{(constants.Values is null ? "?" : "")}.Dispose();");
            foreach (var vector in trainer.Update.State) code.Line($"{Field(vector.Name)}.Dispose();");
            foreach (string stream in Streams(trainer)) code.Line($"{stream.Split(' ')[0]}.Dispose();");
            code.Line("_losses.Dispose();");
        }

        code.Line();
        using (code.Block("private void ThrowIfDisposed()"))
        {
            code.Line("ObjectDisposedException.ThrowIf(_isDisposed, this);");
            code.Line("ObjectDisposedException.ThrowIf(_model.Arena.Values.IsInvalid, _model);");
        }
    }

    private static void WriteSeed(CodeWriter code, TrainerProgram trainer)
    {
        bool startsAdapters = trainer.Adapters.Count > 0;
        code.Line();
        code.Summary($"Seed of every random stream of the trainer{(startsAdapters ? "; setting it before the first step starts the adapters anew" : "")}.");
        using (code.Block("public long Seed"))
        {
            code.Line("get => _seed;");
            using (code.Block("set"))
            {
                code.Line(Guard);
                if (!startsAdapters)
                {
                    WriteStreams(code, trainer);
                    return;
                }

                code.Line("UseSeed(value);");
                code.Line($"if (StepCount == 0) {AdapterEmitter.Start}");
            }
        }

        code.Line();
        using (code.Block("private void UseSeed(long value)")) WriteStreams(code, trainer);
    }

    private static void WriteStreams(CodeWriter code, TrainerProgram trainer)
    {
        code.Line("_seed = value;");
        foreach (string stream in Streams(trainer))
        {
            code.Line($"{stream.Split(' ')[0]}.Dispose();");
            code.Line(stream);
        }
    }
}
