using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Emitting.Blocks;
using Dsl.Generator.Emitting.Datasets;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Layers;
using Dsl.Generator.Programs;
using Dsl.Generator.Schedules;

namespace Dsl.Generator.Emitting;

/// <summary>A model's parameters, buffers and how they are laid out, created, moved and copied; those of its blocks lie in
/// these.</summary>
internal sealed class ModelState
{
    private readonly string _type;
    private readonly NetworkProgram _network;
    private readonly ArenaLayout _layout;
    private readonly BlockPlan _blocks;

    public ModelState(string type, NetworkProgram network, BlockPlan blocks)
    {
        _type = type;
        _network = network;
        _layout = network.Layout;
        _blocks = blocks;
    }

    private IEnumerable<NetworkParameter> Trained => _network.Parameters.Where(parameter => !parameter.IsFrozen);

    private IEnumerable<NetworkParameter> OwnTrained => Trained.Where(parameter => _blocks.UseOf(parameter.Name) is null);

    private IEnumerable<NetworkBuffer> OwnBuffers => _network.Buffers.Where(buffer => _blocks.UseOf(buffer.Name) is null);

    public void WriteMembers(CodeWriter code)
    {
        code.Summary("Number of learned parameters.");
        code.Line($"public const long ParameterCount = {_network.Parameters.Sum(parameter => parameter.Count)};");
        if (_layout.Frozen.Length > 0)
        {
            code.Line();
            code.Summary("Number of learned parameters that are not frozen.");
            code.Line($"public const long TrainableParameterCount = {Trained.Sum(parameter => parameter.Count)};");
        }

        code.Line();
        code.Line("private readonly NetworkState _state;");
        if (_network.Dataset is { } rows) DatasetModelEmitter.WriteField(code, rows);
        code.Line();
        code.Summary("Creates the model with fresh parameters from libtorch's global generator.");

        // The argument has its name because null fits a constructor of the user's, too.
        using (code.Block($"public {_type}() : this(initialization: null)"))
        {
        }

        code.Line();
        code.Summary("Creates the model with fresh parameters.");
        code.Line(
            "/// <param name=\"initialization\">Source of the initial parameters; null for libtorch's global generator.</param>");
        using (code.Block($"public {_type}(Generator? initialization) : base(nameof({_type}))"))
        {
            if (_network.IsOpaque || _network.Computation.Nodes.Any(node => node.Operation is Convolution))
                code.Line("ConvolutionCheck.Ensure();");
            code.Line(_layout.Frozen.Length == 0 ? $"Arena = new ParameterArena({_layout.Length});"
                : $"Arena = new ParameterArena({_layout.Length}, {_layout.Trainable.Length});");
            code.Line(
                $"_state = new NetworkState(this, Arena, vectors: {_layout.Vectors.Offset}, frozen: {_layout.Frozen.Offset});");
            if (_network.Dataset is { } table) code.Line(DatasetModelEmitter.Creation(table));
            foreach (var use in _blocks.Uses) code.Line($"{BlockPlan.Property(use)} = {_blocks.ClassOf(use).Create(use)};");
            WriteTables(code);
            code.Line("Bind(_state);");
            code.Line("Initialize(initialization);");
        }

        code.Line();
        code.Summary("All parameters in one flat tensor, and their gradients in a second one.");
        code.Line("public ParameterArena Arena { get; }");
        code.Line();
        foreach (var (parameter, use) in Parts())
        {
            if (parameter is not null) StateCode.WriteProperty(code, parameter, parameter.Member, parameter.Name);
            else code.Line($"public {_blocks.ClassOf(use!).Name} {BlockPlan.Property(use!)} {{ get; }}");
        }

        foreach (var alias in _network.Aliases)
            code.Line($"public Parameter {alias.Member} => {alias.Target.Member};  // {alias.Name}, the same parameter as "
                + $"{alias.Target.Name}");
        foreach (var buffer in OwnBuffers) StateCode.WriteProperty(code, buffer, buffer.Member, buffer.Name);

        foreach (var table in _network.Tables)
        {
            code.Line();
            code.Line($"private Tensor {table.Member};  // {table.Type.Shape}, {table.Remark}");
        }

        if (_network.HasDropout)
        {
            code.Line();
            code.Summary("Source of dropout masks in training mode; null for libtorch's global generator.");
            code.Line("public Generator? DropoutStream { get; set; }");
        }

        if (_network.Stages.Count > 0) WriteStages(code);
        WriteInitialization(code);
    }

    private void WriteStages(CodeWriter code)
    {
        int last = _network.Stages.Max();
        code.Line();
        code.Summary("Says how far a stage of growth has come: 0 for a network without it, 1 for one that has it.");
        code.Line($"/// <param name=\"stage\">Which, in 1, ..., {last}.</param>");
        code.Line("/// <param name=\"share\">In [0, 1].</param>");
        using (code.Block("public void SetStage(int stage, double share)"))
        {
            code.Line("ArgumentOutOfRangeException.ThrowIfLessThan(stage, 1);");
            code.Line($"ArgumentOutOfRangeException.ThrowIfGreaterThan(stage, {last});");
            code.Line("if (!(share is >= 0 and <= 1))");
            code.Line("    throw new ArgumentOutOfRangeException(nameof(share), share, \"A share lies in [0, 1].\");");
            foreach (var buffer in _network.Buffers.Where(buffer => buffer.Stage > 0))
                code.Line($"if (stage == {buffer.Stage}) Aten.fill_({_blocks.Member(buffer.Name, buffer.Member)}, share);");
        }
    }

    public void WriteMoves(CodeWriter code, bool hasPair)
    {
        code.Line();
        code.Summary("Makes every parameter's <c>grad</c> a view of <c>Arena.Gradients</c>, for autograd to add to.");
        code.Line("public void BindGradients() => _state.BindGradients();");

        if (_network.Buffers.Count > 0)
        {
            code.Line();
            code.Summary("Copies the running statistics of another network of this kind.");
            code.Line($"public void CopyBuffersFrom({_type} other) => _state.CopyBuffersFrom(other._state);");
        }

        code.Line();
        code.Line("/// <inheritdoc/>");
        using (code.Block("protected override void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)"))
        {
            code.Line("if (!_state.MoveTo(dtype, device)) return;");
            foreach (var table in _network.Tables) code.Line($"{table.Member}.Dispose();");
            WriteTables(code);
            if (hasPair && OwnTrained.Any()) code.Line("_gradients = null;");
            code.Line("Bind(_state);");

            // TorchSharp moves a module only when this says that it is elsewhere.
            code.Line("if (device is not null) (_deviceType, _deviceIndex) = (device.type, device.index);");
        }

        code.Line();
        code.Line("/// <inheritdoc/>");
        using (code.Block("protected override void Dispose(bool disposing)"))
        {
            code.Line("if (disposing) Arena.Dispose();");
            foreach (var table in _network.Tables) code.Line($"if (disposing) {table.Member}.Dispose();");
            code.Line("base.Dispose(disposing);");
        }

        code.Line();
        code.Line("// Parameters are views of the arena; after it moved they are made anew.");
        using (code.Block("private void Bind(NetworkState state)"))
        {
            WriteParts(
                code, parameter => code.Line(StateCode.Bind(parameter, parameter.Member, $"\"{parameter.Name}\"")),
                use => _blocks.ClassOf(use).HasState ? $"{BlockPlan.Property(use)}.Bind(state);" : null);

            foreach (var alias in _network.Aliases) code.Line($"state.Share(\"{alias.Name}\", {alias.Target.Member});");
            foreach (var buffer in OwnBuffers) code.Line(StateCode.Bind(buffer, buffer.Member, $"\"{buffer.Name}\""));
        }
    }

    /// <summary>The class with one view of the gradient arena for each parameter.</summary>
    public void WriteGradients(CodeWriter code)
    {
        if (!OwnTrained.Any()) return;
        code.Line();
        code.Line("private ParameterGradients? _gradients;");
        code.Line();
        code.Line("// Views of the gradient arena, one for each parameter.");
        using (code.Block($"private sealed class ParameterGradients({_type} model)"))
        {
            foreach (var parameter in OwnTrained)
                code.Line($"public readonly Tensor {parameter.Member} = model.Arena.GradientOf(model.{parameter.Member});");
            foreach (var rows in _network.TrainedRows.Where(rows => _blocks.UseOf(rows.Parameter.Name) is null))
            {
                code.Line($"public readonly Tensor {rows.Member} = "
                    + $"model.Arena.GradientOfRows(model.{rows.Parameter.Member}, {Spelling.Join(rows.Start, rows.Length)});");
            }
        }
    }

    /// <summary>The model's own parameters, and the uses of blocks between them, in the order of all parameters.</summary>
    private IEnumerable<(NetworkParameter? Parameter, BlockUse? Use)> Parts()
    {
        var named = new HashSet<BlockUse>();
        foreach (var parameter in _network.Parameters)
        {
            var use = _blocks.UseOf(parameter.Name);
            if (use is null) yield return (parameter, null);
            else if (named.Add(use)) yield return (null, use);
        }

        foreach (var use in _blocks.Uses.Where(named.Add)) yield return (null, use);
    }

    /// <summary>A statement for each parameter and each block; those of blocks that follow one another stand together.</summary>
    private void WriteParts(CodeWriter code, System.Action<NetworkParameter> own, System.Func<BlockUse, string?> call)
    {
        var run = new List<string>();
        foreach (var (parameter, use) in Parts())
        {
            if (use is not null)
            {
                if (call(use) is { } statement) run.Add(statement);
                continue;
            }

            code.Statements(run);
            run.Clear();
            own(parameter!);
        }

        code.Statements(run);
    }

    private void WriteInitialization(CodeWriter code)
    {
        code.Line();
        if (_network.Parameters.Any(parameter => parameter.Initialization is Initialization.UniformFanIn))
            code.Line("// PyTorch's defaults: U(-1/sqrt(fan_in), 1/sqrt(fan_in)) for weights and biases.");
        using (code.Block("private void Initialize(Generator? generator)"))
        {
            code.Line("using var noGrad = no_grad();");
            WriteParts(
                code, parameter => InitializationEmitter.Write(code, parameter, parameter.Member),
                use => use.Parameters.Count > 0 ? $"{BlockPlan.Property(use)}.Initialize(generator);" : null);
        }
    }

    private void WriteTables(CodeWriter code)
    {
        foreach (var table in _network.Tables) code.Line($"{table.Member} = {table.Code}.DetachFromDisposeScope();");
    }
}
